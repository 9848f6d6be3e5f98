// Desk<R>: commands on records of type R go in, committed events come out. It asks `may`, lets decide() decide inside the
// transaction, seals, appends, keeps the read tables, and hands back the new state. It knows no record type; each type
// instantiates it once (app/case/case_desk.cpp).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/codec.h"
#include "app/committer.h"
#include "app/receipts.h"
#include "app/record_key.h"
#include "domain/record.h"
#include "texts/keys.h"

namespace huiyin::app {

inline constexpr std::size_t changes_shown_max = 10;
inline constexpr int reference_draws_max = 5;

template <RecordType R>
struct Loaded {
  RecordRow row;
  typename R::State state;
};

template <RecordType R>
struct LoadedEvent {
  EventRow row;
  typename R::Event event;  // without its private content
};

// The state of a record from its events alone, and these too when they are asked for. Throws StoreFailure (damaged) when they
// cannot be read.
template <RecordType R>
std::optional<Loaded<R>> load(ReadView& view, RecordId id, std::vector<LoadedEvent<R>>* events = nullptr) {
  auto row = view.find_record(id);
  if (!row || row->type != R::name) return std::nullopt;
  Loaded<R> loaded{*std::move(row), {}};
  for (auto& stored : view.list_events(id, 0)) {
    auto event = decode<typename R::Event>(stored.name, stored.facts);
    if (!event) throw StoreFailure(StoreFailure::Kind::damaged, "an event cannot be read: run `huiyin fsck`");
    loaded.state = evolve(std::move(loaded.state), *event, stored.at);
    if (events != nullptr) events->push_back({std::move(stored), *std::move(event)});
  }
  return loaded;
}

// One command with the time it is said to have happened (now unless a channel claims another).
template <RecordType R>
struct Step {
  typename R::Command command;
  std::optional<Instant> at{};
  std::function<void(typename R::Command&)> complete{};  // with what only the transaction knows, before it is decided
};

template <RecordType R>
struct Done {
  RecordRow row;
  typename R::State state;
  std::optional<Receipt> receipt;  // of the first event, where it was asked for
  bool repeated = false;           // it was there already: nothing was written
};

template <RecordType R>
class Desk {
 public:
  struct Parts {
    Committer& committer;
    Keys& keys;
    const Clock& clock;
    Random& random;  // of any thread
    std::function<void(WriteView&, RecordId, const typename R::State&)> save_rows;
    // What a command names elsewhere, asked for inside the transaction; nothing is written before it.
    std::function<Result<void>(ReadView&, const Loaded<R>&, const RecordKey&, typename R::Command&)> look_up;
    Key (*word_of_event)(std::string_view);
  };
  using Callback = std::function<void(Result<Done<R>>)>;

  // What surrounds the opening of a record, inside the same transaction.
  struct Opening {
    std::function<Result<std::optional<RecordId>>(Ledger&)> already{};  // the record this was opened as before, if it was
    std::function<void(typename R::Command&)> draw{};  // gives the first command its reference; again while that is taken
    std::function<bool(ReadView&, const typename R::Command&)> taken{};
    std::function<void(Ledger&, RecordId)> opened{};
    bool receipt = true;
  };

  explicit Desk(Parts parts) : parts_(std::move(parts)) {}

  // A new record: the first step makes it, the others follow at once; all or none.
  void open(const Jurisdiction& jurisdiction, Actor actor, std::vector<Step<R>> steps, Opening opening, Callback done) {
    parts_.committer.submit(open_job(jurisdiction, std::move(actor), std::move(steps), std::move(opening), std::move(done)));
  }
  // A command on a record, given on what was seen: `conflict` when its version is another by now.
  void act(const Jurisdiction& jurisdiction, Actor actor, RecordId id, std::uint64_t version, Step<R> step, Callback done) {
    parts_.committer.submit(act_job(jurisdiction, std::move(actor), id, version, std::move(step), std::move(done)));
  }
  // The same as jobs, to be run together with others (JointJob).
  std::unique_ptr<Job> open_job(const Jurisdiction& jurisdiction, Actor actor, std::vector<Step<R>> steps, Opening opening,
                                Callback done) {
    return std::make_unique<OpenJob>(parts_, jurisdiction, std::move(actor), std::move(steps), std::move(opening),
                                     std::move(done));
  }
  std::unique_ptr<Job> act_job(const Jurisdiction& jurisdiction, Actor actor, RecordId id, std::uint64_t version, Step<R> step,
                               Callback done) {
    return std::make_unique<ActJob>(parts_, jurisdiction, std::move(actor), id, version, std::move(step), std::move(done));
  }
  // By the program itself, within a chore: whatever the record's version is. Its read table is written in any case.
  Result<void> act_now(Ledger& ledger, RecordId id, typename R::Command command) {
    return ActJob(parts_, ledger.jurisdiction(), Actor::program(), id, std::nullopt, {std::move(command)}, {}).run(ledger);
  }

 private:
  class RecordJob : public Job {
   public:
    RecordJob(Parts& parts, const Jurisdiction& jurisdiction, Actor actor, Callback done)
        : parts_(parts), jurisdiction_(jurisdiction), actor_(std::move(actor)), done_(std::move(done)) {}
    [[nodiscard]] JurisdictionId jurisdiction() const override { return jurisdiction_.id; }
    void failed(Error error) override { done_(std::move(error)); }
    void committed(const SignedHead& head) override {
      if (result_.receipt) finish(*result_.receipt, head, jurisdiction_);
      done_(std::move(result_));
    }

   protected:
    struct Decided {
      Role role{};
      Instant at;
      std::vector<typename R::Event> events;
    };
    // What one step comes to on the state so far. Nothing is written yet.
    Result<Decided> decide_step(Instant now, const Step<R>& step) const {
      const auto& state = result_.state;
      const auto role =
          may(actor_, act_of(state, step.command), bond(state, result_.row.id, actor_, jurisdiction_.pack), R::rights());
      if (!role.ok()) return role.error();
      const auto at = step.at.value_or(now);
      auto events = decide(state, step.command, Situation{actor_, jurisdiction_.pack, *jurisdiction_.zone, now, at});
      if (!events.ok()) return std::move(events).error();
      return Decided{*role, at, *std::move(events)};
    }
    std::vector<SealedEvent> seal(const Decided& decided, const crypto::SymmetricKey& key, const Random128& tag) const {
      std::vector<SealedEvent> sealed;
      for (const auto& event : decided.events)
        sealed.push_back(
            seal_event(encode(event), key, tag, EventMark{result_.row.version + sealed.size() + 1, actor_.user}, parts_.random));
      return sealed;
    }
    void write(Ledger& ledger, const Decided& decided, const std::vector<SealedEvent>& sealed, bool receipt) {
      auto& [row, state, first, repeated] = result_;
      for (std::size_t i = 0; i < sealed.size(); ++i) {
        state = evolve(std::move(state), decided.events[i], decided.at);
        const auto written = ledger.append(row, {sealed[i], standpoint(state), decided.role, actor_.user, decided.at});
        if (receipt && !first) first = receipt_of(sealed[i], written);
      }
    }

    Parts& parts_;
    const Jurisdiction& jurisdiction_;
    Actor actor_;
    Done<R> result_;

   private:
    Callback done_;
  };

  class OpenJob final : public RecordJob {
   public:
    OpenJob(Parts& parts, const Jurisdiction& jurisdiction, Actor actor, std::vector<Step<R>> steps, Opening opening,
            Callback done)
        : RecordJob(parts, jurisdiction, std::move(actor), std::move(done)),
          steps_(std::move(steps)),
          opening_(std::move(opening)) {
      draw();
      // On the caller's thread: encoding and sealing need no transaction. What is refused here is refused by run(), in its order.
      (void)prepare(this->parts_.clock.now());
    }

    Result<void> run(Ledger& ledger) override {
      this->result_ = {};
      if (opening_.already) {
        const auto before = opening_.already(ledger);
        if (!before.ok()) return before.error();
        if (*before) return repeat(ledger, **before);
      }
      // Refused before anything is written: a first step that decide() turns down leaves the transaction clean.
      if (auto refused = find_free_reference(ledger.view()); !refused.ok()) return refused;
      if (!prepared_ || prepared_->first.at > ledger.now()) {
        if (auto refused = prepare(ledger.now()); !refused.ok()) return refused;
      }
      const auto& [key, tag, first, sealed] = *prepared_;
      auto& result = this->result_;
      result.row = ledger.create_record(R::name, tag, this->parts_.keys.wrap(key, tag, ledger.now()));
      this->write(ledger, first, sealed, opening_.receipt);
      for (std::size_t i = 1; i < steps_.size(); ++i) {
        const auto decided = this->decide_step(ledger.now(), steps_[i]);
        if (!decided.ok()) return decided.error();
        this->write(ledger, *decided, this->seal(*decided, key, tag), opening_.receipt);
      }
      this->parts_.save_rows(ledger.view(), result.row.id, result.state);
      if (opening_.opened) opening_.opened(ledger, result.row.id);
      return {};
    }
    [[nodiscard]] std::vector<std::uint64_t> wants_proofs() const override {
      if (!this->result_.receipt) return {};
      return {this->result_.receipt->proof.index};
    }
    void take_proof(std::uint64_t, std::vector<log::Hash> proof) override {
      this->result_.receipt->proof.hashes = std::move(proof);
    }

   private:
    // The first step, decided and sealed under the new record's key.
    struct Prepared {
      crypto::SymmetricKey key;
      Random128 tag;
      typename RecordJob::Decided first;
      std::vector<SealedEvent> sealed;
    };
    Result<void> prepare(Instant now) {
      auto decided = this->decide_step(now, steps_.front());
      if (!decided.ok()) return std::move(decided).error();
      const auto key = crypto::SymmetricKey::make(this->parts_.random);
      const auto tag = this->parts_.random.template bytes<16>();
      auto sealed = this->seal(*decided, key, tag);
      prepared_.emplace(Prepared{key, tag, *std::move(decided), std::move(sealed)});
      return {};
    }
    void draw() {
      if (opening_.draw) opening_.draw(steps_.front().command);
      prepared_.reset();
    }
    Result<void> find_free_reference(ReadView& view) {
      for (int draws = 1; opening_.taken && opening_.taken(view, steps_.front().command); ++draws) {
        if (draws == reference_draws_max) return Error{Code::overloaded, {key::record_reference_taken}};
        draw();
      }
      return {};
    }
    Result<void> repeat(Ledger& ledger, RecordId id) {
      auto loaded = load<R>(ledger.view(), id);
      HUIYIN_ASSERT(loaded.has_value());
      this->result_.row = std::move(loaded->row);
      this->result_.state = std::move(loaded->state);
      this->result_.repeated = true;
      return {};
    }
    std::vector<Step<R>> steps_;
    Opening opening_;
    std::optional<Prepared> prepared_;
  };

  class ActJob final : public RecordJob {
   public:
    // Without a version: on whatever it is.
    ActJob(Parts& parts, const Jurisdiction& jurisdiction, Actor actor, RecordId id, std::optional<std::uint64_t> version,
           Step<R> step, Callback done)
        : RecordJob(parts, jurisdiction, std::move(actor), std::move(done)), id_(id), version_(version), step_(std::move(step)) {}

    Result<void> run(Ledger& ledger) override {
      auto loaded = load<R>(ledger.view(), id_);
      if (!loaded) return Error{Code::not_found, {key::record_not_found}};
      // Who may not act learns nothing of what happened meanwhile.
      const auto tie = bond(loaded->state, id_, this->actor_, this->jurisdiction_.pack);
      const auto role = may(this->actor_, act_of(loaded->state, step_.command), tie, R::rights());
      if (!role.ok()) return role.error();
      if (version_ && loaded->row.version != *version_) return moved_on(ledger.view());
      const auto key = RecordKey::of(this->parts_.keys, loaded->row);
      if (!key.ok()) return key.error();
      auto step = step_;
      if (step.complete) step.complete(step.command);
      if (auto found = this->parts_.look_up(ledger.view(), *loaded, *key, step.command); !found.ok()) return found.error();
      this->result_ = {std::move(loaded->row), std::move(loaded->state), std::nullopt, false};
      const auto decided = this->decide_step(ledger.now(), step);
      if (!decided.ok()) return decided.error();
      this->write(ledger, *decided, this->seal(*decided, key->key(), this->result_.row.tag), false);
      this->parts_.save_rows(ledger.view(), id_, this->result_.state);
      return {};
    }

   private:
    // 409 that tells what changed: each event since the version that was seen.
    Error moved_on(ReadView& view) const {
      Error error{Code::conflict, {key::record_moved_on}};
      for (const auto& event : view.list_events(id_, *version_)) {
        if (error.fields.size() == changes_shown_max) break;
        // What stays in the house is not told to those outside it.
        const auto kept = decode<typename R::Event>(event.name, event.facts);
        if (!this->actor_.user && (!kept || is_internal(*kept))) continue;
        error.fields.push_back(
            {"version",
             std::to_string(*version_),
             {key::record_changed_by, {{"event", this->parts_.word_of_event(event.name)}, {"at", to_rfc3339(event.at)}}}});
      }
      if (error.fields.empty()) error.fields.push_back({"version", std::to_string(*version_), {key::expected_version_seen}});
      return error;
    }
    RecordId id_;
    std::optional<std::uint64_t> version_;
    Step<R> step_;
  };

  Parts parts_;
};

}  // namespace huiyin::app
