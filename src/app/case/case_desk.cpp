#include "app/case/case_desk.h"

#include <fmt/format.h>

#include "app/desk.h"
#include "base/text.h"
#include "domain/case/words.h"

namespace huiyin::app {

using cases::Case;

namespace {

constexpr int reference_tries_max = 5;

std::string secret_hash(Keys& keys, std::string_view reference, std::string_view normal_secret) {
  const auto text = fmt::format("{}:{}", reference, normal_secret);
  return to_hex(crypto::keyed_hash(keys.for_purpose("case secrets").bytes(), as_bytes(text)));
}

std::string title_of(const cases::Submitted& submitted) {
  constexpr std::size_t title_characters_max = 60;
  if (submitted.subject) return *submitted.subject;
  if (submitted.body) return std::string(first_characters(*submitted.body, title_characters_max));
  return {};
}

// The value of one private class of a stored event, as decode() takes it.
std::optional<std::string> opened(const EventRow& row, PrivateClass which, const crypto::SymmetricKey& key,
                                  const Random128& tag) {
  const auto text = open_class(row, which, key, tag);
  if (!text) return std::nullopt;
  const auto value = log::value_of(*text, private_class_names[static_cast<std::size_t>(which)]);
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

Error not_found() { return {Code::not_found, {key::record_not_found}}; }
Error reference_taken() { return {Code::overloaded, {key::record_reference_taken}}; }
bool is_reference_taken(const Error& error) { return error.message.key == key::record_reference_taken; }

// What one reader may open of a case.
struct Sight {
  bool identity = false, notes = false, rating = false;
};

}  // namespace

struct CaseDesk::Inner {
  explicit Inner(Parts given)
      : parts(given),
        desk({given.committer, given.keys, given.clock, given.random,
              [](WriteView& view, RecordId id, const cases::State& state) { view.rows<CaseRows>().put(row_of(id, state)); },
              [](std::string_view event) { return cases::word_of_event(event); }}) {}

  // A fresh reference of the server's day in that zone.
  std::string make_reference(const Jurisdiction& jurisdiction) {
    return CaseReference::make(jurisdiction.zone->day_of(parts.clock.now()).number, parts.random).text();
  }

  // A case on its way in, kept for another try. Shared, since its words and its answer are large, and a std::function copies what
  // it holds.
  struct Arrival {
    const Jurisdiction& jurisdiction;
    Actor actor;
    std::vector<Step<Case>> steps;
    Desk<Case>::Opening opening;
    std::function<void(cases::Submit&)> draw;
    std::function<void(Result<Done<Case>>)> done;
  };

  // Opens a record; a reference that happens to be taken is drawn again, a few times.
  void open(const std::shared_ptr<Arrival>& arrival, int tries = reference_tries_max) {
    auto& submit = std::get<cases::Submit>(arrival->steps.front().command);
    arrival->draw(submit);
    Desk<Case>::Opening checked{{}, arrival->opening.opened, arrival->opening.receipt};
    checked.already = [arrival, reference = submit.reference](Ledger& ledger) -> Result<std::optional<RecordId>> {
      auto before = arrival->opening.already(ledger);
      if (!before.ok() || *before) return before;
      if (ledger.view().rows<CaseRows>().find_by_reference(reference)) return reference_taken();
      return before;
    };
    auto done = [this, arrival, tries](Result<Done<Case>> result) {
      if (result.ok() || !is_reference_taken(result.error()) || tries <= 1) return arrival->done(std::move(result));
      open(arrival, tries - 1);
    };
    desk.open(arrival->jurisdiction, arrival->actor, arrival->steps, std::move(checked), std::move(done));
  }

  Sight sight_of(const Actor& actor, const Bond& bond) const {
    const auto can = [&](std::string_view act) { return may(actor, act, bond, Case::rights()).ok(); };
    return {can("read_identity"), can("read_notes"), can("read_rating")};
  }

  // An event as this reader may see it; nothing when it is not for them. `kept` is its public part.
  std::optional<StoryEvent> story_event(ReadView& view, const EventRow& row, const cases::Event& kept, const RecordRow& record,
                                        const crypto::SymmetricKey& key, const Sight& sight, bool is_staff) {
    const bool is_note = std::holds_alternative<cases::Noted>(kept);
    if (is_note && !sight.notes) return std::nullopt;
    const auto* rated = std::get_if<cases::Rated>(&kept);
    OpenedContent content;
    const auto open = [&](PrivateClass which) { content[static_cast<std::size_t>(which)] = opened(row, which, key, record.tag); };
    if (rated == nullptr || rated->shared || sight.rating) open(PrivateClass::words);
    if (sight.identity) open(PrivateClass::identity);
    open(PrivateClass::staff_words);
    StoryEvent out{row.number, row.at, row.t, row.role, {}, decode<cases::Event>(row.name, row.facts, content).value_or(kept)};
    if (is_staff && row.actor) {
      if (const auto user = view.find_user(*row.actor)) out.actor_name = user->name;
    }
    return out;
  }

  Parts parts;
  Desk<Case> desk;
};

CaseDesk::CaseDesk(Parts parts) : inner_(std::make_unique<Inner>(parts)) {}
CaseDesk::~CaseDesk() = default;

void CaseDesk::file(const Jurisdiction& jurisdiction, Filing filing, std::function<void(Result<Filed>)> done) {
  auto& inner = *inner_;
  struct Drawn {
    std::string secret;
    std::optional<Bytes> before;  // what the first filing under this key sealed
  };
  const auto drawn = std::make_shared<Drawn>();
  Desk<Case>::Opening opening;
  opening.already = [](Ledger&) -> Result<std::optional<RecordId>> { return std::optional<RecordId>(); };
  if (filing.once) {
    const auto key_hash = crypto::sha256("huiyin idempotency row:" + filing.once->key);
    const crypto::SymmetricKey key(crypto::sha256("huiyin idempotency key:" + filing.once->key));
    const auto request = filing.once->request;
    opening.already = [=](Ledger& ledger) -> Result<std::optional<RecordId>> {
      const auto row = ledger.view().find_idempotency(key_hash);
      if (!row || row->expires <= ledger.now()) return std::optional<RecordId>();
      if (row->request_hash != request) return Error{Code::conflict, {key::idempotency_other_request}};
      drawn->before = crypto::open(key, row->sealed, key_hash);
      return std::optional(row->record);
    };
    opening.opened = [=, &random = inner.parts.random](Ledger& ledger, RecordId id) {
      ledger.view().put_idempotency(
          {key_hash, request, id, crypto::seal(key, as_bytes(drawn->secret), key_hash, random), ledger.now() + idempotency_kept});
    };
  }
  const auto draw = [&inner, &jurisdiction, drawn](cases::Submit& submit) {
    submit.reference = inner.make_reference(jurisdiction);
    drawn->secret = make_case_secret(inner.parts.random);
    submit.secret_hash = secret_hash(inner.parts.keys, submit.reference, *normalise_case_secret(drawn->secret));
  };
  auto answer = [this, &jurisdiction, drawn, done = std::move(done)](Result<Done<Case>> result) {
    if (!result.ok()) return done(std::move(result).error());
    Filed filed{result->state.reference, drawn->secret, result->row.id,
                result->row.version,     result->state, std::move(result->receipt)};
    if (result->repeated) {
      if (!drawn->before) return done(Error{Code::conflict, {key::idempotency_other_request}});
      filed.secret = std::string(as_text(*drawn->before));
      try {
        if (auto fresh = receipt(jurisdiction, Actor::holder_of(filed.id), filed.id); fresh.ok())
          filed.receipt = *std::move(fresh);
      } catch (const StoreFailure&) {  // costs the receipt, which can be asked for again, not the answer
      }
    }
    done(std::move(filed));
  };
  std::vector<Step<Case>> steps;
  steps.push_back({std::move(filing.submit), std::nullopt});
  inner.open(std::make_shared<Inner::Arrival>(
      Inner::Arrival{jurisdiction, Actor::anyone(), std::move(steps), std::move(opening), draw, std::move(answer)}));
}

void CaseDesk::import(const Jurisdiction& jurisdiction, Imported imported, std::function<void(Result<bool>)> done) {
  auto& inner = *inner_;
  std::vector<Step<Case>> steps;
  steps.push_back({std::move(imported.submit), imported.at});
  if (imported.answered) {
    const auto at = imported.answered->at;
    steps.push_back({std::move(imported.answered->accept), at});
    steps.push_back({std::move(imported.answered->assign), at});
    steps.push_back({cases::Start{}, at});
    steps.push_back({std::move(imported.answered->answer), at});
  }
  Desk<Case>::Opening opening;
  opening.receipt = false;
  opening.already = [source = imported.source, id = imported.external_id](Ledger& ledger) -> Result<std::optional<RecordId>> {
    return ledger.view().find_import(source, id);
  };
  opening.opened = [source = imported.source, id = imported.external_id](Ledger& ledger, RecordId record) {
    ledger.view().put_import(source, id, record);
  };
  // Nobody holds a secret for it: its reference alone is drawn.
  const auto draw = [&inner, &jurisdiction](cases::Submit& submit) { submit.reference = inner.make_reference(jurisdiction); };
  auto answer = [done = std::move(done)](Result<Done<Case>> result) {
    if (!result.ok()) return done(std::move(result).error());
    done(!result->repeated);
  };
  inner.open(std::make_shared<Inner::Arrival>(
      Inner::Arrival{jurisdiction, Actor::program(), std::move(steps), std::move(opening), draw, std::move(answer)}));
}

void CaseDesk::act(const Jurisdiction& jurisdiction, Actor actor, RecordId id, std::uint64_t version, cases::Command command,
                   std::function<void(Result<std::uint64_t>)> done) {
  inner_->desk.act(jurisdiction, std::move(actor), id, version, {std::move(command), std::nullopt},
                   [done = std::move(done)](Result<Done<Case>> result) {
                     if (!result.ok()) return done(std::move(result).error());
                     done(result->row.version);
                   });
}

Result<Actor> CaseDesk::holder(const Jurisdiction& jurisdiction, std::string_view reference, std::string_view secret) {
  const auto asked = CaseReference::parse(reference);
  const auto normal = normalise_case_secret(secret);
  if (!asked || !normal) return not_found();
  const auto view = inner_->parts.store.read(jurisdiction.id);
  const auto row = view->rows<CaseRows>().find_by_reference(asked->text());
  // The hash is made in any case, so that the time tells nothing.
  const auto hash = secret_hash(inner_->parts.keys, asked->text(), *normal);
  if (!row || !crypto::equal(as_bytes(hash), as_bytes(row->secret_hash))) return not_found();
  return Actor::holder_of(row->id);
}

Result<RecordId> CaseDesk::find(const Jurisdiction& jurisdiction, std::string_view reference) {
  const auto asked = CaseReference::parse(reference);
  if (!asked) return not_found();
  const auto view = inner_->parts.store.read(jurisdiction.id);
  const auto row = view->rows<CaseRows>().find_by_reference(asked->text());
  if (!row) return not_found();
  return row->id;
}

Result<CaseView> CaseDesk::read(const Jurisdiction& jurisdiction, const Actor& actor, RecordId id) {
  const auto view = inner_->parts.store.read(jurisdiction.id);
  std::vector<LoadedEvent<Case>> events;
  auto loaded = load<Case>(*view, id, &events);
  if (!loaded) return not_found();
  const auto tie = bond(loaded->state, id, actor);
  if (auto role = may(actor, "read", tie, Case::rights()); !role.ok()) return role.error();
  const auto key = inner_->parts.keys.unwrap({loaded->row.wrapping, loaded->row.wrapped_key}, loaded->row.tag);
  if (!key) return Error{Code::unavailable, {key::committer_damaged}, {}, "a record's key cannot be opened"};
  const auto sight = inner_->sight_of(actor, tie);
  const auto now = std::max(inner_->parts.clock.now(), loaded->state.last_at);  // as the Committer would have it
  CaseView out{id, loaded->row.version, loaded->state, {}, {}, {}};
  for (const auto& [row, kept] : events) {
    auto event = inner_->story_event(*view, row, kept, loaded->row, *key, sight, actor.user.has_value());
    if (!event) continue;
    if (auto* submitted = std::get_if<cases::Submitted>(&event->event)) out.submitted = *submitted;
    out.story.push_back(*std::move(event));
  }
  out.offered = cases::offered(loaded->state, id, actor, {actor, jurisdiction.pack, *jurisdiction.zone, now, now});
  return out;
}

Result<std::vector<CaseListItem>> CaseDesk::list(const Jurisdiction& jurisdiction, const Actor& actor, CaseFilter filter) {
  filter.visible = visible(actor, Case::rights());
  if (filter.visible.nothing()) return may(actor, "read", Bond{}, Case::rights()).error();
  const auto view = inner_->parts.store.read(jurisdiction.id);
  std::vector<CaseListItem> items;
  for (auto& row : view->rows<CaseRows>().list(filter)) {
    CaseListItem item{std::move(row), {}};
    const auto record = view->find_record(item.row.id);
    const auto key = record ? inner_->parts.keys.unwrap({record->wrapping, record->wrapped_key}, record->tag) : std::nullopt;
    if (key) {
      const auto first = view->find_event(item.row.id, 1);
      OpenedContent content;
      if (first) content[static_cast<std::size_t>(PrivateClass::words)] = opened(*first, PrivateClass::words, *key, record->tag);
      const auto event = first ? decode<cases::Event>(first->name, first->facts, content) : std::nullopt;
      if (event && std::holds_alternative<cases::Submitted>(*event)) item.title = title_of(std::get<cases::Submitted>(*event));
    }
    items.push_back(std::move(item));
  }
  return items;
}

Result<std::vector<std::pair<cases::Phase, std::uint64_t>>> CaseDesk::count_by_phase(const Jurisdiction& jurisdiction,
                                                                                     const Actor& actor) {
  const auto seen = visible(actor, Case::rights());
  if (seen.nothing()) return may(actor, "read", Bond{}, Case::rights()).error();
  return inner_->parts.store.read(jurisdiction.id)->rows<CaseRows>().count_by_phase(seen);
}

Result<Receipt> CaseDesk::receipt(const Jurisdiction& jurisdiction, const Actor& actor, RecordId id) {
  const auto head = inner_->parts.committer.head(jurisdiction.id);
  const auto view = inner_->parts.store.read(jurisdiction.id);
  const auto record = view->find_record(id);
  const auto first = view->find_event(id, 1);
  if (!record || !first || record->type != Case::name) return not_found();
  if (auto role = may(actor, "read_identity", Bond{actor.holds == id, false}, Case::rights()); !role.ok()) return role.error();
  const auto entry = view->find_entry(first->log_index);
  const auto key = inner_->parts.keys.unwrap({record->wrapping, record->wrapped_key}, record->tag);
  if (!head || head->size <= first->log_index || !entry || !key) {
    return Error{Code::unavailable, {key::committer_damaged}, {}, "a receipt cannot be made: run `huiyin fsck`"};
  }
  Receipt receipt{*entry,
                  {},
                  {first->log_index, log::inclusion_proof(first->log_index, head->size, *view), head->note},
                  jurisdiction.signer.vkey()};
  for (const auto& text : first->disclosures) receipt.disclosures.push_back(to_base64url(as_bytes(text)));
  for (std::size_t i = 0; i < private_classes; ++i) {
    if (const auto text = open_class(*first, static_cast<PrivateClass>(i), *key, record->tag)) {
      receipt.disclosures.push_back(to_base64url(as_bytes(*text)));
    }
  }
  return receipt;
}

}  // namespace huiyin::app
