#include "app/log_export.h"

#include <fmt/format.h>

#include <set>

#include "app/export_folder.h"
#include "app/kept_head.h"
#include "app/log_fold.h"
#include "log/bundle.h"
#include "log/tree.h"

namespace huiyin::app {
namespace {

constexpr std::size_t lines_at_once = 4096;
constexpr std::string_view checkpoint_file = "checkpoint";
constexpr std::string_view key_file = "vkey";

[[noreturn]] void refuse(const std::string& sentence) { throw StoreFailure(StoreFailure::Kind::other, sentence); }
[[noreturn]] void damaged(const std::string& what) {
  throw StoreFailure(StoreFailure::Kind::damaged, what + ": run `huiyin fsck`");
}

class Export {
 public:
  Export(Store& store, const Jurisdiction& jurisdiction, const std::filesystem::path& folder)
      : store_(store), jurisdiction_(jurisdiction), out_(folder) {}

  ExportReport run(Keys& keys, PublishedNotes& published, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    find_head(keys, published);
    check_folder();
    prove(progress);
    out_.write(key_file, jurisdiction_.signer.vkey() + '\n');  // first: whose folder it is, should it end here
    while (tree_.size() < head_.size) {
      write_piece();
      progress(head_.size + tree_.size(), 2 * head_.size);
    }
    for (const auto& [level, edge] : edges_) write_tile(edge);
    write_packs();
    write_disclosures();
    out_.write("figures.json", log::figures_json(fold_.figures(), jurisdiction_.origin));
    out_.sync();
    out_.write(checkpoint_file, note_);
    out_.sync();
    return {head_.size, out_.written(), out_.kept()};
  }

 private:
  // The published head, or the newest that was signed and kept, by any program on this log.
  void find_head(Keys& keys, PublishedNotes& published) {
    auto notes = keys.last_heads(jurisdiction_.log());
    if (auto note = published.find_published(jurisdiction_.log())) notes = {*std::move(note)};
    for (auto& note : notes) {
      const auto kept = open_kept_head(jurisdiction_, note);
      if (!kept || kept->origin != jurisdiction_.origin) damaged("a kept head is not signed by this log's key");
      if (!note_.empty() && kept->size <= head_.size) continue;
      head_ = *kept;
      note_ = std::move(note);
    }
    if (note_.empty()) refuse(fmt::format("nothing has been published in the log {} yet", jurisdiction_.origin));
    const auto size = store_.read(jurisdiction_.id)->head().size;
    if (size < head_.size) damaged(fmt::format("a head over {} entries was signed, but the database has {}", head_.size, size));
  }

  // Whether it may be written to: it is empty, or a beginning of what will be written.
  void check_folder() {
    const auto key = out_.read(key_file, log::note_bytes_max);
    const auto where = out_.path().string();
    if (!key && !out_.empty()) refuse(fmt::format("{} is not empty and holds no export of a log", where));
    if (key && *key != jurisdiction_.signer.vkey() + '\n') refuse(fmt::format("{} holds the export of another log", where));
    const auto note = out_.read(checkpoint_file, log::note_bytes_max);
    if (!note) return;
    before_ = open_kept_head(jurisdiction_, *note);
    if (!before_ || before_->origin != jurisdiction_.origin)
      refuse(fmt::format("{}/{} is not signed by this log's key", where, checkpoint_file));
    if (before_->size > head_.size)
      refuse(fmt::format("{} is ahead: it holds {} entries, this log has {}", where, before_->size, head_.size));
  }

  // Before anything is written: the entries lead to the signed head, and to what the folder says of their beginning.
  void prove(const std::function<void(std::uint64_t, std::uint64_t)>& progress) const {
    log::Tree tree;
    const auto hold = [&] {
      if (before_ && before_->size == tree.size() && before_->root != tree.root())
        refuse(fmt::format("{} differs from this log within its first {} entries", out_.path().string(), before_->size));
    };
    hold();
    while (tree.size() < head_.size) {
      for (const auto& entry : entries_from(tree.size(), entries_at_once)) {
        tree.append(log::leaf_hash(as_bytes(entry)));
        hold();
      }
      (void)tree.take_changes();  // not needed here
      progress(tree.size(), 2 * head_.size);
    }
    if (tree.root() != head_.root) damaged("the entries do not lead to the signed head");
  }

  // At most `count` of those that the head covers; each time in a read of its own, so that none is open for long.
  [[nodiscard]] std::vector<std::string> entries_from(std::uint64_t first, std::size_t count) const {
    count = static_cast<std::size_t>(std::min<std::uint64_t>(count, head_.size - first));
    auto entries = store_.read(jurisdiction_.id)->list_entries(first, count);
    if (entries.size() != count) damaged(fmt::format("entry {} of the log is missing", first + entries.size()));
    return entries;
  }

  // One bundle of entries, and the tiles that became full with it.
  void write_piece() {
    const auto first = tree_.size();
    const auto piece = fold_.read(*store_.read(jurisdiction_.id), head_.size, log::bundle_entries_max);
    fold_.add(piece);
    for (const auto& text : piece.texts) tree_.append(log::leaf_hash(as_bytes(text)));
    for (const auto& [pack, k] : piece.k_of) packs_.insert(pack);
    const auto width = static_cast<unsigned>(piece.texts.size());
    out_.write(log::entries_path(first / log::bundle_entries_max, width), as_text(log::write_bundle(piece.texts)));
    for (auto& change : tree_.take_changes()) {  // the full ones come first
      if (change.hashes.size() < log::tile_width * sizeof(log::Hash)) {
        edges_[change.id.level] = std::move(change);
      } else {
        write_tile(change);
        edges_.erase(change.id.level);
      }
    }
  }

  void write_tile(const log::Tree::Change& change) {
    const auto width = static_cast<unsigned>(change.hashes.size() / sizeof(log::Hash));
    out_.write(log::tile_path(change.id, width), as_text(change.hashes));
  }

  void write_packs() {
    packs_.insert(jurisdiction_.pack.hash);
    const auto view = store_.read(jurisdiction_.id);
    for (const auto& hash : packs_) {
      const auto json = view->find_pack(hash);
      if (!json || crypto::sha256(*json) != hash) damaged(fmt::format("the pack {} is missing or changed", to_hex(hash)));
      out_.write("packs/" + to_hex(hash), *json);
    }
  }

  void write_disclosures() {
    const auto& cells = fold_.cells();
    for (const auto month : cells.open_months()) {
      std::uint64_t from = 0;
      out_.write_pieces("disclosures/" + log::to_text(month) + ".jsonl", [&] {
        const auto indexes = cells.list_open(month, from, lines_at_once);
        if (!indexes.empty()) from = indexes.back() + 1;
        return disclosed_lines(*store_.read(jurisdiction_.id), indexes);
      });
    }
  }

  Store& store_;
  const Jurisdiction& jurisdiction_;
  ExportFolder out_;
  log::Checkpoint head_;
  std::string note_;
  std::optional<log::Checkpoint> before_;  // of the export that is in the folder
  log::Tree tree_;
  LogFold fold_;
  std::map<unsigned, log::Tree::Change> edges_;  // the unfinished tile of each level
  std::set<log::Hash> packs_;
};

}  // namespace

ExportReport export_log(LogToExport log, const std::filesystem::path& folder,
                        const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  return Export(log.store, log.jurisdiction, folder).run(log.keys, log.published, progress);
}

}  // namespace huiyin::app
