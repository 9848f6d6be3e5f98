#include "app/succession.h"

#include <fmt/format.h>

#include "app/log_fold.h"
#include "log/tree.h"

namespace huiyin::app {
namespace {

[[noreturn]] void refuse_succession(const std::string& sentence) { throw StoreFailure(StoreFailure::Kind::other, sentence); }

// The entries that a database holds, in pieces: each in a view of its own, so that none stays open for long.
void each_entry(const LogToSucceed& log, std::uint64_t size, const std::function<void(std::string_view)>& take) {
  for (std::uint64_t index = 0; index < size;) {
    const auto entries = log.store.read(log.jurisdiction.id)->list_entries(index, entries_at_once);
    if (entries.empty())
      throw StoreFailure(StoreFailure::Kind::damaged, fmt::format("entry {} of the log is missing: run `huiyin fsck`", index));
    for (const auto& entry : entries) {
      if (index++ < size) take(entry);
    }
  }
}

class Planning {
 public:
  Planning(LogToSucceed log, const std::function<void(std::uint64_t, std::uint64_t)>& progress)
      : log_(log),
        progress_(progress),
        name_(log::read_log_name(log.jurisdiction.origin)),
        ends_{log.jurisdiction.id, std::max(name_.number, log.keys.newest_log(log.jurisdiction.id))},
        origin_(log::origin_of({name_.body, ends_.number})) {}

  Succession run(log::SuccessionReason reason, std::span<const std::string> further) {
    if (origin_ != log_.jurisdiction.origin && ends_.number == name_.number)
      refuse_succession(
          fmt::format("the log is called {}: expected a name that ends with /log and a number", log_.jurisdiction.origin));
    if (!log::is_origin(origin_) || ends_.number >= log::log_number_max)
      refuse_succession(fmt::format("the log's name {} cannot be counted on", origin_));
    find_heads(further);
    find_first_entries();
    head_ = log_.store.read(log_.jurisdiction.id)->head();
    prove();
    return decide(reason);
  }

 private:
  // What was signed of the log that ends, by size; of one size there must be one root.
  void find_heads(std::span<const std::string> further) {
    const auto key = log::NoteVerifier::parse(log::NoteSigner(origin_, log_.keys.log_key(ends_)).vkey());
    auto notes = log_.keys.last_heads(ends_);
    if (auto note = log_.published.find_published(ends_)) notes.push_back(*std::move(note));
    notes.insert(notes.end(), further.begin(), further.end());
    for (const auto& text : notes) {
      const auto note = log::parse_note(text);
      const auto head = note && key ? log::open_checkpoint(*note, *key) : std::nullopt;
      if (!head || head->origin != origin_)
        refuse_succession(
            fmt::format("a checkpoint is not signed by the key of {}: {}", origin_, text.substr(0, text.find("\n\n"))));
      const auto [known, is_new] = heads_.emplace(head->size, head->root);
      if (!is_new && known->second != head->root)
        refuse_succession(
            fmt::format("two heads over {} entries of {} were signed, with different roots: the log was forked already",
                        head->size, origin_));
    }
  }

  // Of the logs between the one in the database and the one that ends: the newest first.
  void find_first_entries() {
    for (auto number = ends_.number; number > name_.number; --number) {
      auto text = log_.keys.find_succession({ends_.jurisdiction, number});
      const auto entry = text ? log::parse_succession_entry(*text) : std::nullopt;
      if (!entry) refuse_succession(fmt::format("keys: the entry that log{} began with is not kept there", number));
      const std::uint64_t before =
          number - 1 - name_.number;  // such entries stand before those of the database in the log it names
      repeated_ = std::min(repeated_.value_or(entry->kept), entry->kept - std::min(entry->kept, before));
      first_.push_back(*std::move(text));
    }
  }

  // The database holds the beginning of what was signed, as far as it reaches.
  void prove() {
    log::Tree own, ends;  // as the database has it, and as the log that ends had it
    const auto hold = [&] {
      const auto known = heads_.find(ends.size());
      if (known != heads_.end() && known->second != ends.root())
        refuse_succession(
            fmt::format("the database is no copy of the log {}: its first {} entries are others than were signed. Bring back "
                        "another copy",
                        origin_, ends.size()));
    };
    hold();
    for (const auto& entry : first_) {
      ends.append(log::leaf_hash(as_bytes(entry)));
      hold();
    }
    each_entry(log_, head_.size, [&](std::string_view entry) {
      const auto leaf = log::leaf_hash(as_bytes(entry));
      own.append(leaf);
      ends.append(leaf);
      hold();
      if (own.size() % entries_at_once == 0) {
        (void)own.take_changes();
        (void)ends.take_changes();
        progress_(own.size(), head_.size);
      }
    });
    if (own.root() != head_.root)
      throw StoreFailure(StoreFailure::Kind::damaged, "the log's entries do not lead to its head: run `huiyin fsck`");
    if (repeated_ && head_.size > *repeated_)
      refuse_succession(fmt::format(
          "the database holds {} entries of a log of which only {} were carried over into what followed it: bring back a copy "
          "that is newer than that, or one with no more entries",
          head_.size, *repeated_));
    held_root_ = ends.root();
    held_ = ends.size();
  }

  Succession decide(log::SuccessionReason reason) {
    Succession plan;
    plan.before = {origin_, held_, held_root_};
    if (!heads_.empty() && heads_.rbegin()->first >= held_)
      plan.before = {origin_, heads_.rbegin()->first, heads_.rbegin()->second};
    else plan.signed_before = held_ == 0;
    plan.held = head_.size;
    plan.kept = held_;
    const auto lost = plan.before.size - plan.kept;
    if (reason == log::SuccessionReason::key_rotation && lost > 0)
      refuse_succession(
          fmt::format("the database lacks {} of the {} entries that were signed: bring back the newest one, or, where it is "
                      "lost for good, give the reason `restored`",
                      lost, plan.before.size));
    if (reason == log::SuccessionReason::restored && lost == 0 && first_.empty())
      refuse_succession(
          "the database holds all that was signed: nothing was lost, and the log goes on as it is. For another key give "
          "the reason `key-rotation`");
    plan.t = std::max(log_.clock.now(), head_.t);
    plan.log = {ends_.jurisdiction, ends_.number + 1};
    plan.origin = log::origin_of({name_.body, plan.log.number});
    plan.first_entries = first_;
    plan.first_entries.insert(plan.first_entries.begin(),
                              canonical(log::SuccessionEntry{to_iso(log_.jurisdiction.zone->day_of(plan.t)), plan.kept, origin_,
                                                             reason, plan.before.root, plan.before.size}));
    return plan;
  }

  LogToSucceed log_;
  const std::function<void(std::uint64_t, std::uint64_t)>& progress_;
  log::LogName name_;  // of the log in the database
  LogId ends_;         // the newest one of which a head was signed
  std::string origin_;
  std::map<std::uint64_t, log::Hash> heads_;
  std::vector<std::string> first_;
  std::optional<std::uint64_t> repeated_;  // entries of the log in the database that all its successors repeat
  Head head_;
  std::uint64_t held_ = 0;
  log::Hash held_root_{};
};

void put_tiles(WriteView& view, log::Tree& tree) {
  for (const auto& change : tree.take_changes()) view.put_tile(change.id, change.hashes);
}

// The transaction; gives the new head.
Head write_successor(const LogToSucceed& log, const Succession& plan,
                     const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  const auto view = log.store.write(log.jurisdiction.id);
  if (view->head().size != plan.held || !view->succeed_log(log.jurisdiction.origin, plan.origin, plan.first_entries.size()))
    throw StoreFailure(StoreFailure::Kind::busy,
                       "somebody else wrote to the database meanwhile: stop every server, then begin again");
  log::Tree tree;
  for (const auto& entry : plan.first_entries) {
    view->put_entry(tree.size(), entry);
    tree.append(log::leaf_hash(as_bytes(entry)));
  }
  const auto all = plan.first_entries.size() + plan.held;
  while (tree.size() < all) {
    const auto entries = view->list_entries(tree.size(), entries_at_once);
    if (entries.empty()) throw StoreFailure(StoreFailure::Kind::damaged, "an entry of the log is missing: run `huiyin fsck`");
    for (const auto& entry : entries) tree.append(log::leaf_hash(as_bytes(entry)));
    put_tiles(*view, tree);
    progress(tree.size(), all);
  }
  put_tiles(*view, tree);
  const Head head{tree.size(), tree.root(), plan.t};
  view->put_head(head);
  view->commit();
  return head;
}

}  // namespace

Succession plan_succession(LogToSucceed log, log::SuccessionReason reason, std::span<const std::string> heads,
                           const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  return Planning(log, progress).run(reason, heads);
}

std::string succeed_log(LogToSucceed log, const Succession& plan,
                        const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  const LogId ends{plan.log.jurisdiction, plan.log.number - 1};
  if (plan.before.size > 0) {
    const log::NoteSigner old(plan.before.origin, log.keys.log_key(ends));
    log.keys.keep_head(ends, old.sign(log::checkpoint_text(plan.before)));
  }
  log.keys.make_log_key(plan.log);
  log.keys.keep_succession(plan.log, plan.first_entries.front());
  const log::NoteSigner signer(plan.origin, log.keys.log_key(plan.log));
  const auto head = write_successor(log, plan, progress);
  log.keys.keep_head(plan.log, signer.sign(log::checkpoint_text({plan.origin, head.size, head.root})));
  return signer.vkey();
}

}  // namespace huiyin::app
