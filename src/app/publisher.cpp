#include "app/publisher.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.h"
#include "base/text.h"

namespace huiyin::app {
namespace {

log::NoteVerifier verifier_of(const Jurisdiction& jurisdiction) {
  auto key = log::NoteVerifier::parse(jurisdiction.signer.vkey());
  HUIYIN_ASSERT(key.has_value());
  return *std::move(key);
}

// A quarter more or less, so that many servers that lost the same witness do not come back to it together.
std::chrono::milliseconds with_jitter(std::chrono::milliseconds pause, Random& random) {
  const auto quarter = pause.count() / 4;
  return pause - std::chrono::milliseconds(quarter) +
         std::chrono::milliseconds(random.below(static_cast<std::uint32_t>(2 * quarter + 1)));
}

StoreFailure refuse_to_fork(const log::NoteVerifier& witness, const log::Checkpoint& seen, std::string_view what) {
  return {
      StoreFailure::Kind::damaged,
      fmt::format("the witness {} vouched for {} entries of {}, {}. This database is older than what was published, or another "
                  "one: serving it would fork the log. Bring back the newest database; where it is lost for "
                  "good, `huiyin succeed-log` begins a log that goes on from this one. Nothing was changed",
                  witness.name(), seen.size, seen.origin, what)};
}

// Tiles, each out of a snapshot of its own: none stays open while a witness is asked. What a tile held it holds for ever.
class FreshTiles final : public log::TileSource {
 public:
  FreshTiles(Store& store, JurisdictionId jurisdiction) : store_(store), jurisdiction_(jurisdiction) {}
  Bytes tile(log::TileId id, unsigned width) override { return store_.read(jurisdiction_)->tile(id, width); }

 private:
  Store& store_;
  JurisdictionId jurisdiction_;
};

}  // namespace

Publisher::Publisher(Parts parts, std::vector<const Jurisdiction*> jurisdictions, std::vector<WitnessPeer> witnesses,
                     std::size_t quorum, bool shared)
    : parts_(std::move(parts)), peers_(std::move(witnesses)), quorum_(quorum), shared_(shared) {
  HUIYIN_ASSERT(peers_.size() <= witnesses_max && (peers_.empty() || (quorum_ >= 1 && quorum_ <= peers_.size())));
  for (const auto* jurisdiction : jurisdictions) {
    LogState log{jurisdiction, verifier_of(*jurisdiction)};
    for (const auto& peer : peers_) {
      Offer offer;
      offer.vouching = {peer.key.name(), peer.key.vkey(), {}, {}, 0, {}};
      offer.pause = witness_pause_first;
      const auto first = parts_.notes.find_first(jurisdiction->log(), peer.key.vkey());
      const auto note = first ? log::parse_note(*first) : std::nullopt;
      if (const auto good = note ? log::verify_note(*note, {&peer.key, 1}) : std::nullopt)
        offer.vouching.since = good->front().time;
      log.offers.push_back(std::move(offer));
    }
    if (!peers_.empty()) {
      read_published(log);
      hold_against_published(log);
      // A log that had no witnesses until now was shown as it was signed: nothing less is shown from here on.
      auto head = log.published ? std::nullopt : parts_.committer.head(jurisdiction->id);
      if (head) log.published = PublishedHead{*std::move(head)};
    }
    logs_.push_back(std::move(log));
  }
}

Publisher::~Publisher() { finish(); }

// What was published lies outside the database: it must be part of it.
void Publisher::hold_against_published(LogState& log) {
  const auto head = parts_.store.read(log.jurisdiction->id)->head();
  if (!log.published || log.published->head.size <= head.size) return;
  throw StoreFailure(
      StoreFailure::Kind::damaged,
      fmt::format("{} entries of {} were published, and the database holds {}. Serving it would fork the log: bring "
                  "back the newest database; where it is lost for good, `huiyin succeed-log` begins a log that goes on from "
                  "this one. Nothing was changed",
                  log.published->head.size, log.jurisdiction->origin, head.size));
}

void Publisher::hold_against(std::size_t witness) {
  const auto& peer = peers_[witness];
  for (auto& log : logs_) {
    const auto seen = ask_head(*peer.client, peer.key, log.key);
    if (seen.fault) fault(log, witness, seen.detail);
    if (!seen.head) continue;
    const auto view = parts_.store.read(log.jurisdiction->id);
    const auto head = view->head();
    if (seen.head->size > head.size)
      throw refuse_to_fork(peer.key, *seen.head, fmt::format("and the database holds {}", head.size));
    if (log::root_of(seen.head->size, *view) != seen.head->root)
      throw refuse_to_fork(peer.key, *seen.head, "and the database holds others in their place");
    const std::scoped_lock lock(mutex_);
    log.offers[witness].seen = seen.head->size;
  }
}

void Publisher::hold_against_witnesses() {
  std::vector<std::exception_ptr> refusals(peers_.size());
  std::vector<std::thread> asking;
  for (std::size_t i = 0; i < peers_.size(); ++i) {
    asking.emplace_back([&, i] {
      try {
        hold_against(i);
      } catch (...) {
        refusals[i] = std::current_exception();
      }
    });
  }
  for (auto& thread : asking) thread.join();
  for (const auto& refusal : refusals) {
    if (refusal) std::rethrow_exception(refusal);
  }
}

void Publisher::start() {
  if (peers_.empty()) {
    // From now on more is shown than these say; witnesses that are named again must not take it back, nor exports stand still.
    for (const auto& log : logs_) parts_.notes.forget_published(log.jurisdiction->log());
    return;
  }
  threads_.emplace_back([this] { loop([this] { tick(); }); });
  for (std::size_t i = 0; i < peers_.size(); ++i) threads_.emplace_back([this, i] { loop([this, i] { ask(i); }); });
}

void Publisher::loop(const std::function<void()>& work) {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, look_every, [this] { return ending_; })) {
    lock.unlock();
    try {
      work();
    } catch (const std::exception& failure) {
      parts_.log_fault(fmt::format("publishing: {}", failure.what()));
    }
    lock.lock();
  }
}

void Publisher::finish() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (const auto& peer : peers_) peer.client->stop();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

std::optional<PublishedHead> Publisher::published(JurisdictionId jurisdiction) const {
  if (peers_.empty()) {
    auto head = parts_.committer.head(jurisdiction);
    return head ? std::optional(PublishedHead{*std::move(head)}) : std::nullopt;
  }
  const std::scoped_lock lock(mutex_);
  return state_of(jurisdiction).published;
}

std::vector<Publisher::Vouching> Publisher::witnesses(JurisdictionId jurisdiction) const {
  const std::scoped_lock lock(mutex_);
  std::vector<Vouching> all;
  for (const auto& offer : state_of(jurisdiction).offers) all.push_back(offer.vouching);
  return all;
}

Chore Publisher::publishing_chore() {
  return {.name = "publish",
          .every = publishing_lease / 3,
          .run =
              [this](Ledger& ledger) {
                // The lease was taken just before. Two thirds of it are trusted, so that one renewal may fail, and clocks of
                // nodes that differ by less than the last third do no harm.
                const std::scoped_lock lock(mutex_);
                state_of(ledger.jurisdiction().id).leads_until = parts_.clock.monotonic() + publishing_lease * 2 / 3;
                return Result(false);
              },
          .lease = publishing_lease};
}

bool Publisher::leads(const LogState& log) const { return !shared_ || parts_.clock.monotonic() < log.leads_until; }

void Publisher::tick() {
  const std::scoped_lock lock(mutex_);
  for (auto& log : logs_) tick(log);
}

void Publisher::tick(LogState& log) {
  if (!leads(log)) {
    log.candidate.reset();
    return read_published(log);
  }
  const auto now = parts_.clock.monotonic();
  if (log.candidate) {
    const auto vouch = std::ranges::count_if(log.offers, [](const Offer& offer) { return offer.line.has_value(); });
    if (static_cast<std::size_t>(vouch) >= quorum_) publish(log, true);
    else if (now - log.offered >= witness_wait_max) publish(log, false);
  }
  if (log.candidate) return;
  if (shared_) read_published(log);  // another node may have led in between
  auto newest = parts_.committer.head(log.jurisdiction->id);
  if (!newest || (log.published && newest->size <= log.published->head.size)) return;
  log.candidate = std::move(newest);
  log.offered = now;
  for (auto& offer : log.offers) offer.line.reset();
}

void Publisher::read_published(LogState& log) {
  const auto note = parts_.notes.find_published(log.jurisdiction->log());
  auto read = note ? read_note(log, *note) : std::nullopt;
  if (!read || (log.published && read->head.size < log.published->head.size)) return;
  log.published = std::move(read);
}

std::optional<PublishedHead> Publisher::read_note(const LogState& log, const std::string& note) const {
  const auto parsed = log::parse_note(note);
  const auto checkpoint = parsed ? log::open_checkpoint(*parsed, log.key) : std::nullopt;
  if (!checkpoint) return std::nullopt;
  PublishedHead head{{checkpoint->size, note}};
  for (const auto& peer : peers_) {
    if (const auto good = log::verify_note(*parsed, {&peer.key, 1}))
      head.vouchers.push_back({peer.key.name(), good->front().time.value_or(0)});
  }
  head.witnessed = head.vouchers.size() >= quorum_;
  return head;
}

// On disk first, then shown: after a restart nothing older is shown either.
void Publisher::publish(LogState& log, bool witnessed) {
  // Another node may have led in between: nothing older goes over what it published.
  if (shared_) read_published(log);
  if (log.published && log.published->head.size >= log.candidate->size) return log.candidate.reset();
  PublishedHead head{*log.candidate, witnessed};
  for (std::size_t i = 0; i < peers_.size(); ++i) {
    const auto& offer = log.offers[i];
    if (!offer.line) continue;
    head.head.note += to_text(*offer.line);
    head.vouchers.push_back({peers_[i].key.name(), offer.time});
  }
  parts_.notes.keep_published(log.jurisdiction->log(), head.head.note);
  log.published = std::move(head);
  log.candidate.reset();
  if (!witnessed)
    parts_.log_fault(
        fmt::format("{}: {} entries were published without enough witnesses", log.jurisdiction->slug, log.published->head.size));
}

void Publisher::ask(std::size_t witness) {
  for (auto& log : logs_) {
    std::optional<SignedHead> head;
    std::uint64_t seen = 0;
    {
      const std::scoped_lock lock(mutex_);
      const auto& offer = log.offers[witness];
      if (ending_ || !leads(log) || parts_.clock.monotonic() < offer.next_try) continue;
      head = wanted(log, witness);
      seen = offer.seen;
    }
    if (!head) continue;
    FreshTiles tiles(parts_.store, log.jurisdiction->id);
    auto pushed = push_head(*peers_[witness].client, peers_[witness].key, *head, seen, tiles);
    const std::scoped_lock lock(mutex_);
    log.offers[witness].seen = seen;
    if (!give_way(log, *head, seen)) record(log, witness, *head, std::move(pushed));
  }
}

// Whoever holds a newer receipt can offer its head to a witness before we do: it is ours, and from then on that witness vouches
// for nothing older. So a newer one is offered to all; the time after which a head is published without them runs on. False where
// nothing of the kind happened.
bool Publisher::give_way(LogState& log, const SignedHead& head, std::uint64_t seen) {
  if (seen <= head.size) return false;
  auto newest = parts_.committer.head(log.jurisdiction->id);
  if (!newest || newest->size < seen) return false;
  if (log.candidate && log.candidate->size < seen) {
    log.candidate = std::move(newest);
    for (auto& offer : log.offers) offer.line.reset();
  }
  return true;
}

// The head to be published, or the published one while this witness's line is missing there.
std::optional<SignedHead> Publisher::wanted(const LogState& log, std::size_t witness) const {
  if (log.candidate) return log.offers[witness].line ? std::nullopt : log.candidate;
  if (!log.published) return std::nullopt;
  const auto& vouchers = log.published->vouchers;
  const bool vouched = std::ranges::find(vouchers, peers_[witness].key.name(), &Voucher::witness) != vouchers.end();
  return vouched ? std::nullopt : std::optional(log.published->head);
}

// One more vouches for what was published already.
void Publisher::add_line(LogState& log, std::size_t witness, const Pushed& pushed) {
  const auto size = log.published->head.size;
  if (shared_) read_published(log);
  if (log.published->head.size != size) return;
  auto head = *log.published;
  head.head.note += to_text(*pushed.line);
  head.vouchers.push_back({peers_[witness].key.name(), pushed.time});
  head.witnessed = head.vouchers.size() >= quorum_;
  parts_.notes.keep_published(log.jurisdiction->log(), head.head.note);
  log.published = std::move(head);
}

void Publisher::record(LogState& log, std::size_t witness, const SignedHead& head, Pushed pushed) {
  auto& offer = log.offers[witness];
  const auto now = parts_.clock.monotonic();
  if (!pushed.line) {
    if (offer.vouching.fault != pushed.fault) fault(log, witness, pushed.detail);  // once, until it changes
    offer.vouching.fault = pushed.fault;
    offer.next_try = now + with_jitter(offer.pause, parts_.random);
    offer.pause = std::min(offer.pause * 2, witness_pause_max);
    return;
  }
  if (!offer.vouching.since) {
    parts_.notes.keep_first(log.jurisdiction->log(), peers_[witness].key.vkey(), head.note + to_text(*pushed.line));
    offer.vouching.since = pushed.time;
  }
  offer.vouching.fault.reset();
  offer.vouching.last = pushed.time;
  offer.vouching.size = head.size;
  offer.pause = witness_pause_first;
  offer.next_try = now;
  if (log.candidate && log.candidate->size == head.size) {
    offer.time = pushed.time;
    offer.line = std::move(pushed.line);
    tick(log);
  } else if (leads(log) && log.published && log.published->head.size == head.size) {
    add_line(log, witness, pushed);
  }
}

void Publisher::fault(const LogState& log, std::size_t witness, const std::string& detail) const {
  parts_.log_fault(
      fmt::format("{}: the witness {} does not vouch: {}", log.jurisdiction->slug, peers_[witness].key.name(), detail));
}

Publisher::LogState& Publisher::state_of(JurisdictionId id) {
  const auto found = std::ranges::find(logs_, id, [](const LogState& log) { return log.jurisdiction->id; });
  HUIYIN_ASSERT(found != logs_.end());
  return *found;
}

const Publisher::LogState& Publisher::state_of(JurisdictionId id) const { return const_cast<Publisher*>(this)->state_of(id); }

}  // namespace huiyin::app
