#include "storage/audit_folder.h"

#include <fmt/format.h>

#include "app/store.h"
#include "base/crypto.h"
#include "base/text.h"
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
    fs::path newest;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder_, none)) {
      const auto name = entry.path().filename().string();
      // The sizes have leading zeros. What is left of a write that was cut short has another ending.
      const bool is_checkpoint = name.starts_with(checkpoint_mark) && name.find('.') == std::string::npos;
      if (is_checkpoint && (newest.empty() || name > newest.filename().string())) newest = entry.path();
    }
    if (newest.empty()) return std::nullopt;
    const auto text = read_file(newest, log::note_bytes_max + time_line_bytes_max);
    const auto key = read_file(folder_ / "vkey", log::note_bytes_max);
    const auto end = text ? text->find('\n') : std::string::npos;
    const auto time = end == std::string::npos ? std::nullopt : instant_from_rfc3339(std::string_view(*text).substr(0, end));
    if (!time) damaged(newest);
    if (!key) damaged(folder_ / "vkey");
    return app::KeptAudit{std::string(trimmed(*key)), text->substr(end + 1), *time};
  }

  void keep(const app::KeptAudit& audit, std::uint64_t size) override {
    make_private_folder(folder_);
    write_once(folder_ / "vkey", audit.verifier_key + "\n");
    write_once(folder_ / fmt::format("{}{:020}", checkpoint_mark, size), to_rfc3339(audit.time) + "\n" + audit.note);
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
