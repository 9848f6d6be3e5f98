#include "storage/audit_folder.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/store.h"
#include "base/crypto.h"
#include "base/text.h"
#include "log/log_name.h"
#include "log/note.h"
#include "storage/files.h"

namespace huiyin::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view checkpoint_mark = "checkpoint-";
constexpr std::size_t evidence_name_bytes = 8;  // of the hash of what it holds
constexpr std::size_t time_line_bytes_max = 64;

class AuditFolder final : public app::AuditState {
 public:
  explicit AuditFolder(fs::path folder) : folder_(std::move(folder)) {}

  std::optional<app::KeptAudit> find_newest() override {
    const auto folder = newest_log();
    const auto files = checkpoints_in(folder);
    if (files.empty()) return std::nullopt;
    const auto key = read_file(folder / "vkey", log::note_bytes_max);
    if (!key) damaged(folder / "vkey");
    auto [time, note] = read_checkpoint(files.back());
    return app::KeptAudit{std::string(trimmed(*key)), std::move(note), time};
  }

  std::vector<std::string> list_checkpoints() override {
    std::vector<std::string> notes;
    for (const auto& file : checkpoints_in(newest_log())) notes.push_back(read_checkpoint(file).second);
    return notes;
  }

  void keep(const app::KeptAudit& audit, std::uint64_t size) override {
    make_private_folder(folder_);
    const auto key = log::NoteVerifier::parse(audit.verifier_key);
    const auto folder = folder_of(key ? log::read_log_name(key->name()).number : 1);
    make_private_folder(folder);
    write_once(folder / "vkey", audit.verifier_key + "\n");
    write_once(folder / fmt::format("{}{:020}", checkpoint_mark, size), to_rfc3339(audit.time) + "\n" + audit.note);
  }

  std::string keep_evidence(const std::map<std::string, std::string>& texts) override {
    std::string all;
    for (const auto& [name, text] : texts) all += name + "\n" + text;
    const auto name = to_hex(ByteView(crypto::sha256(all)).first(evidence_name_bytes));
    const auto folder = folder_ / ("evidence-" + name);
    make_private_folder(folder_);
    make_private_folder(folder);
    for (const auto& [file, text] : texts) write_once(folder / file, text);
    return folder.string();
  }

 private:
  // Of the first log the folder itself.
  [[nodiscard]] fs::path folder_of(std::uint32_t log) const { return log == 1 ? folder_ : folder_ / fmt::format("log{}", log); }

  // The folder of the newest log of which a checkpoint was kept. A number may be left out: nobody audited that log.
  [[nodiscard]] fs::path newest_log() const {
    auto newest = folder_;
    std::uint32_t number = 1;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder_, none)) {
      const auto name = log::read_log_name("/" + entry.path().filename().string());
      const bool is_log = name.body.empty() && name.number > number;
      if (is_log && !checkpoints_in(entry.path()).empty()) {
        newest = entry.path();
        number = name.number;
      }
    }
    return newest;
  }

  // By size: the names have leading zeros. What is left of a write that was cut short has another ending.
  static std::vector<fs::path> checkpoints_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
      const auto name = entry.path().filename().string();
      if (name.starts_with(checkpoint_mark) && name.find('.') == std::string::npos) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
  }

  static std::pair<Instant, std::string> read_checkpoint(const fs::path& file) {
    const auto text = read_file(file, log::note_bytes_max + time_line_bytes_max);
    const auto end = text ? text->find('\n') : std::string::npos;
    const auto time = end == std::string::npos ? std::nullopt : instant_from_rfc3339(std::string_view(*text).substr(0, end));
    if (!time) damaged(file);
    return {*time, text->substr(end + 1)};
  }

  [[noreturn]] static void damaged(const fs::path& file) {
    throw app::StoreFailure(app::StoreFailure::Kind::damaged, fmt::format("{} cannot be read, or is damaged", file.string()));
  }
  static void write_once(const fs::path& file, const std::string& text) {
    if (!fs::exists(file)) write_new_file(file, text);
  }

  fs::path folder_;
};

}  // namespace

std::unique_ptr<app::AuditState> audit_folder(fs::path folder) { return std::make_unique<AuditFolder>(std::move(folder)); }

}  // namespace huiyin::storage
