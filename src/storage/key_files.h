// Keys in files (keys/ of the data directory): never part of a backup, copied apart. Any thread.
//
//   keys/master.key            32 bytes in hex; readable by its owner alone
//   keys/wrapping/2026-11.key  that month's wrapping key, sealed under the master key
//   keys/<jurisdiction>/log.key    seed of the key that signs the log, sealed under the master key
//   keys/<jurisdiction>/heads/<node>   the last head that node signed, in two slots written by turns, so that a torn write
//                                 leaves the other
//   keys/<jurisdiction>/log2/...   the same, log.key and heads/, of a log that goes on from the first one, and so on
//   keys/<jurisdiction>/log2/succession   its first entry
//
// Several nodes may share the folder, as one user: each writes its own head and reads those of all.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "app/keys.h"

namespace huiyin::storage {

// Where that log's own things lie: `keys`/<jurisdiction>, or log2 and so on in it.
std::filesystem::path log_folder(const std::filesystem::path& keys, app::LogId log);

class KeyFiles final : public app::Keys {
 public:
  // Makes the master key; throws StoreFailure when there is one already.
  static void create(const std::filesystem::path& folder, Random& random);
  // Throws StoreFailure when the master key is missing or others may read it.
  // `node`: the name of this program among those that share the folder.
  KeyFiles(std::filesystem::path folder, std::string node, const Clock& clock, Random& random);
  ~KeyFiles() override;

  crypto::SymmetricKey for_purpose(std::string_view purpose) override;
  app::WrappedKey wrap(const crypto::SymmetricKey& record_key, const Random128& tag, Instant now) override;
  std::optional<crypto::SymmetricKey> unwrap(const app::WrappedKey& wrapped, const Random128& tag) override;
  crypto::SigningKey log_key(app::LogId log) override;
  void make_log_key(app::LogId log) override;
  std::vector<std::string> last_heads(app::LogId log) override;
  void keep_head(app::LogId log, std::string_view note) override;
  std::uint32_t newest_log(JurisdictionId jurisdiction) override;
  std::optional<std::string> find_succession(app::LogId log) override;
  void keep_succession(app::LogId log, std::string_view entry) override;

 private:
  struct HeadFile;
  crypto::SymmetricKey wrapping_key(const std::string& month, bool create);
  HeadFile& head_file(app::LogId log);

  std::filesystem::path folder_;
  std::string node_;
  const Clock& clock_;
  Random& random_;
  crypto::SymmetricKey master_;
  std::mutex mutex_;
  std::map<std::string, crypto::SymmetricKey> wrapping_;
  std::map<app::LogId, std::unique_ptr<HeadFile>> heads_;
};

}  // namespace huiyin::storage
