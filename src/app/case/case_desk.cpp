#include "app/case/case_desk.h"

#include <fmt/format.h>

#include "app/case/case_look_up.h"
#include "app/desk.h"
#include "app/joint_job.h"
#include "app/user_member.h"
#include "base/text.h"
#include "domain/case/words.h"
#include "domain/rules/danger.h"
#include "log/entry.h"

namespace huiyin::app {

using cases::Case;

namespace {

std::string secret_hash(Keys& keys, std::string_view reference, std::string_view normal_secret) {
  const auto text = fmt::format("{}:{}", reference, normal_secret);
  return to_hex(crypto::keyed_hash(keys.for_purpose("case secrets").bytes(), as_bytes(text)));
}

std::string title_of(const cases::Submitted& submitted) {
  if (submitted.subject) return *submitted.subject;
  if (submitted.body) return std::string(first_characters(*submitted.body, cases::title_characters_max));
  return {};
}

Error not_found() { return {Code::not_found, {key::record_not_found}}; }

// To who holds a reference: where the log says that entries were lost, theirs may be among them.
Error not_found_or_lost(ReadView& view, const Jurisdiction& jurisdiction) {
  for (std::uint64_t index = 0; index + 1 < jurisdiction.log().number; ++index) {
    const auto text = view.find_entry(index);
    const auto succession = text ? log::parse_succession_entry(*text) : std::nullopt;
    if (succession && succession->kept < succession->size)
      return {Code::not_found, {key::record_maybe_lost, {{"day", succession->day}}}};
  }
  return not_found();
}

std::optional<UserId> named_by(const cases::Event& event) {
  if (const auto* one = std::get_if<cases::Revealed>(&event)) return one->to;
  if (const auto* one = std::get_if<cases::HandlerChanged>(&event)) return one->handler;
  if (const auto* one = std::get_if<cases::AboutSet>(&event)) return one->user;
  if (const auto* one = std::get_if<cases::Answered>(&event)) return one->by;
  return std::nullopt;
}

// What one reader may open of a case.
struct Sight {
  bool identity = false, notes = false, rating = false;
  const rules::Danger* alarm =
      nullptr;  // while nobody has acted on it: words that tell of it are for everybody who reads the case
};

// Of a judgement that its author did not share: its words, where they tell of the danger that somebody has to act on, and no
// more.
cases::Event danger_told(const cases::Rated& kept, cases::Event opened, const rules::Danger& danger) {
  auto out = kept;
  auto& words = std::get<cases::Rated>(opened).words;
  if (words && rules::tells_of_danger(danger, *words)) out.words = std::move(words);
  return out;
}

}  // namespace

struct CaseDesk::Inner {
  explicit Inner(Parts given)
      : parts(given),
        desk({given.committer, given.keys, given.clock, given.random,
              [](WriteView& view, RecordId id, const cases::State& state) { view.rows<CaseRows>().put(row_of(id, state)); },
              look_up, [](std::string_view event) { return cases::word_of_event(event); }}) {}

  // A case is opened under a fresh reference of the server's day in that zone, and whatever else is drawn with it.
  template <class Draw>
  Desk<Case>::Opening opening(const Jurisdiction& jurisdiction, Draw draw) {
    Desk<Case>::Opening opening;
    opening.draw = [this, &jurisdiction, draw](cases::Command& command) {
      auto& submit = std::get<cases::Submit>(command);
      submit.reference = CaseReference::make(jurisdiction.zone->day_of(parts.clock.now()).number, parts.random).text();
      draw(submit);
    };
    opening.taken = [](ReadView& view, const cases::Command& command) {
      return view.rows<CaseRows>().find_by_reference(std::get<cases::Submit>(command).reference).has_value();
    };
    return opening;
  }

  Sight sight_of(const Actor& actor, const Bond& bond) const {
    const auto can = [&](std::string_view act) { return may(actor, act, bond, Case::rights()).ok(); };
    return {can("read_identity"), can("read_notes"), can("read_rating")};
  }

  // An event as this reader may see it; nothing when it is not for them. `kept` is its public part.
  std::optional<StoryEvent> story_event(ReadView& view, const EventRow& row, const cases::Event& kept, const RecordKey& key,
                                        const Sight& sight, bool is_staff) {
    if (cases::is_internal(kept) && !sight.notes) return std::nullopt;
    const auto* rated = std::get_if<cases::Rated>(&kept);
    OpenedContent content;
    const bool only_danger = rated != nullptr && !rated->shared && !sight.rating;
    if (!only_danger || sight.alarm != nullptr) key.open(row, PrivateClass::words, content);
    if (sight.identity) key.open(row, PrivateClass::identity, content);
    key.open(row, PrivateClass::staff_words, content);
    StoryEvent out{row.number, row.at, row.t, row.role, {}, decode<cases::Event>(row.name, row.facts, content).value_or(kept),
                   {}};
    if (only_danger && sight.alarm != nullptr) out.event = danger_told(*rated, std::move(out.event), *sight.alarm);
    if (is_staff && row.actor) {
      if (const auto user = view.find_user(*row.actor)) out.actor_name = user->name;
    }
    const auto named = named_by(kept);
    if (const auto user = named ? view.find_user(*named) : std::nullopt)
      out.named = NamedStaff{{}, user->unit, is_staff ? user->name : std::string()};
    return out;
  }

  // What staff learn besides: the colleagues by name, the case it was merged into by its reference.
  static void name_for_staff(ReadView& view, CaseView& out) {
    const auto& state = out.state;
    std::vector<std::optional<UserId>> named{state.handler, state.about_user};
    named.insert(named.end(), state.knowing.begin(), state.knowing.end());
    named.insert(named.end(), state.recused.begin(), state.recused.end());
    if (state.proposal) named.push_back(state.proposal->by);
    for (const auto& user : named) {
      if (!user || out.names.contains(*user)) continue;
      if (auto row = view.find_user(*user)) out.names[*user] = {std::move(row->login), std::move(row->name)};
    }
    if (!state.merged_into) return;
    if (auto other = view.rows<CaseRows>().find(*state.merged_into)) out.merged_into = std::move(other->reference);
  }

  // Rows with what a list says of them beside.
  std::vector<CaseListItem> items_of(ReadView& view, std::vector<CaseRow> rows) const {
    std::vector<CaseListItem> items;
    std::vector<RecordId> ids;
    for (auto& row : rows) {
      ids.push_back(row.id);
      items.push_back({std::move(row), {}, {}});
    }
    for (const auto& beginning : view.list_beginnings(ids)) {
      const auto place = std::ranges::find(ids, beginning.record.id) - ids.begin();
      const auto filed = filed_in(beginning.record, beginning.event, {PrivateClass::words});
      if (filed) items[static_cast<std::size_t>(place)].title = title_of(*filed);
    }
    std::map<UserId, std::string> names;
    for (auto& [row, title, handler] : items) {
      if (!row.handler) continue;
      const auto [name, fresh] = names.try_emplace(*row.handler);
      if (fresh) {
        if (const auto user = view.find_user(*row.handler)) name->second = user->name;
      }
      handler = name->second;
    }
    return items;
  }

  // What was filed, by the first event of a record, with these private classes opened; nothing when they do not open.
  std::optional<cases::Submitted> filed_in(const RecordRow& record, const EventRow& first,
                                           std::initializer_list<PrivateClass> classes) const {
    const auto key = RecordKey::of(parts.keys, record);
    if (!key.ok()) return std::nullopt;
    OpenedContent content;
    for (const auto which : classes) key->open(first, which, content);
    auto event = decode<cases::Event>(first.name, first.facts, content);
    auto* submitted = event ? std::get_if<cases::Submitted>(&*event) : nullptr;
    return submitted == nullptr ? std::nullopt : std::optional(std::move(*submitted));
  }

  std::unique_ptr<Job> act_job(const Jurisdiction& jurisdiction, Actor actor, RecordId id, std::uint64_t version, Step<Case> step,
                               std::function<void(Result<std::uint64_t>)> done) {
    auto answer = [done = std::move(done)](Result<Done<Case>> result) {
      if (!result.ok()) return done(std::move(result).error());
      done(result->row.version);
    };
    return desk.act_job(jurisdiction, std::move(actor), id, version, std::move(step), std::move(answer));
  }

  // Opens one part of a letter that is split: as old as the letter, accepted when it was and as urgent, with its limits as they
  // stand.
  std::unique_ptr<Job> part_job(const Jurisdiction& jurisdiction, const Actor& actor, const cases::State& letter,
                                const cases::Submitted& whole, const cases::SplitPart& part,
                                std::function<void(std::string)> told) {
    cases::Submit submit{};
    submit.secret_hash = letter.secret_hash;
    submit.secret_of = letter.secret_of.value_or(letter.reference);
    submit.split_from = letter.reference;
    const auto& accept = *cases::find_clock(letter, rules::accept_limit);
    submit.accept_by = accept;
    submit.recused = letter.recused;
    submit.took_part = letter.took_part;
    submit.channel = whole.channel;
    submit.language = whole.language;
    submit.category = part.category;
    submit.about = letter.about_unit;
    submit.people = whole.people;
    submit.subject = part.subject;
    submit.body = part.body;
    submit.place = whole.place;
    submit.contact = whole.contact;
    submit.representatives = whole.representatives;
    submit.on_behalf = whole.on_behalf;
    std::vector<Step<Case>> steps;
    steps.push_back({std::move(submit), letter.received});
    const auto* finish = cases::find_clock(letter, rules::finish_limit);
    if (finish != nullptr)
      steps.push_back(
          {cases::Accept{part.category ? part.category : letter.category, *finish}, accept.met.value_or(finish->start)});
    if (cases::is_alarm_open(letter))
      steps.push_back({cases::SetUrgent{true, letter.reference}, cases::find_clock(letter, rules::urgent_limit)->start});
    std::ranges::stable_sort(steps, {}, &Step<Case>::at);
    // Who is complained of in the letter is so in its parts.
    if (letter.about_user) steps.push_back({cases::SetAbout{letter.about_unit, {}, cases::Colleague{*letter.about_user, {}}}});
    auto open = opening(jurisdiction, [told](cases::Submit& drawn) { told(drawn.reference); });
    open.receipt = false;
    return desk.open_job(jurisdiction, actor, std::move(steps), std::move(open), [](const Result<Done<Case>>&) {});
  }

  Parts parts;
  Desk<Case> desk;
};

CaseDesk::CaseDesk(Parts parts) : inner_(std::make_unique<Inner>(parts)) {}
CaseDesk::~CaseDesk() = default;

bool offers(const CaseView& view, std::string_view act) { return std::ranges::find(view.offered, act) != view.offered.end(); }

const CaseView::Colleague* find_colleague(const CaseView& view, const std::optional<UserId>& user) {
  const auto found = user ? view.names.find(*user) : view.names.end();
  return found == view.names.end() ? nullptr : &found->second;
}

std::vector<GivenPromise> promises_of(const CaseView& view) {
  std::vector<GivenPromise> out;
  for (const auto* clock : cases::promises_of(view.state)) out.push_back({static_cast<int>(out.size()) + 1, clock, {}});
  std::size_t told = 0;
  for (const auto& event : view.story) {
    if (const auto* promised = std::get_if<cases::Promised>(&event.event)) out[told++].words = promised->words;
  }
  return out;
}

void CaseDesk::file(const Jurisdiction& jurisdiction, Filing filing, std::function<void(Result<Filed>)> done) {
  auto& inner = *inner_;
  struct Drawn {
    std::string secret;
    std::optional<std::string> before;  // what the first filing under this key got
  };
  const auto drawn = std::make_shared<Drawn>();
  auto opening = inner.opening(jurisdiction, [&inner, drawn](cases::Submit& submit) {
    drawn->secret = make_case_secret(inner.parts.random);
    submit.secret_hash = secret_hash(inner.parts.keys, submit.reference, *normalise_case_secret(drawn->secret));
  });
  if (filing.once) {
    const Once once(*filing.once);
    opening.already = [once, drawn](Ledger& ledger) -> Result<std::optional<RecordId>> {
      auto before = once.find(ledger);
      if (!before.ok()) return std::move(before).error();
      if (!*before) return std::optional<RecordId>();
      drawn->before = std::move((*before)->reply);
      return std::optional((*before)->record);
    };
    opening.opened = [once, drawn, &random = inner.parts.random](Ledger& ledger, RecordId id) {
      once.keep(ledger, id, drawn->secret, random);
    };
  }
  auto answer = [this, &jurisdiction, drawn, done = std::move(done)](Result<Done<Case>> result) {
    if (!result.ok()) return done(std::move(result).error());
    Filed filed{result->state.reference, drawn->secret, result->row.id,
                result->row.version,     result->state, std::move(result->receipt)};
    if (result->repeated) {
      if (!drawn->before) return done(Error{Code::conflict, {key::idempotency_other_request}});
      filed.secret = *drawn->before;
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
  inner.desk.open(jurisdiction, Actor::anyone(), std::move(steps), std::move(opening), std::move(answer));
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
  // Nobody holds a secret for it: its reference alone is drawn.
  auto opening = inner.opening(jurisdiction, [](cases::Submit&) {});
  opening.receipt = false;
  opening.already = [source = imported.source, id = imported.external_id](Ledger& ledger) -> Result<std::optional<RecordId>> {
    return ledger.view().find_import(source, id);
  };
  opening.opened = [source = imported.source, id = imported.external_id](Ledger& ledger, RecordId record) {
    ledger.view().put_import(source, id, record);
  };
  auto answer = [done = std::move(done)](Result<Done<Case>> result) {
    if (!result.ok()) return done(std::move(result).error());
    done(!result->repeated);
  };
  inner.desk.open(jurisdiction, Actor::program(), std::move(steps), std::move(opening), std::move(answer));
}

void CaseDesk::act(const Jurisdiction& jurisdiction, Actor actor, RecordId id, std::uint64_t version, cases::Command command,
                   std::function<void(Result<std::uint64_t>)> done) {
  if (auto* letter = std::get_if<cases::Split>(&command))
    return split(jurisdiction, std::move(actor), id, version, std::move(*letter), std::move(done));
  inner_->parts.committer.submit(
      inner_->act_job(jurisdiction, std::move(actor), id, version, {std::move(command), std::nullopt}, std::move(done)));
}

void CaseDesk::split(const Jurisdiction& jurisdiction, Actor actor, RecordId id, std::uint64_t version, cases::Split command,
                     std::function<void(Result<std::uint64_t>)> done) {
  auto& inner = *inner_;
  const auto view = inner.parts.store.read(jurisdiction.id);
  std::vector<LoadedEvent<Case>> events;
  const auto letter = load<Case>(*view, id, &events);
  if (!letter) return done(not_found());
  const auto role = may(actor, cases::Split::name, bond(letter->state, id, actor, jurisdiction.pack), Case::rights());
  if (!role.ok()) return done(role.error());
  if (letter->row.version != version) command.parts.clear();  // refused: whatever is opened was read at this version
  // The identity too: for the program itself, which copies it into the parts.
  const auto whole = inner.filed_in(letter->row, events.front().row, {PrivateClass::words, PrivateClass::identity});
  if (!whole) return done(Error{Code::unavailable, {key::committer_damaged}, {}, "a record's key cannot be opened"});
  const auto into = std::make_shared<std::vector<std::string>>(command.parts.size());
  std::vector<JobPart> jobs;
  for (std::size_t i = 0; i < command.parts.size(); ++i) {
    const auto told = [into, i](std::string reference) { (*into)[i] = std::move(reference); };
    jobs.push_back(
        {inner.part_job(jurisdiction, actor, letter->state, *whole, command.parts[i], told), fmt::format("parts[{}]", i)});
  }
  Step<Case> step{std::move(command), std::nullopt,
                  [into](cases::Command& split) { std::get<cases::Split>(split).into = *into; }};
  jobs.push_back({inner.act_job(jurisdiction, std::move(actor), id, version, std::move(step), std::move(done))});
  inner.parts.committer.submit(std::make_unique<JointJob>(std::move(jobs)));
}

Result<void> CaseDesk::act_now(Ledger& ledger, RecordId id, cases::Command command) {
  return inner_->desk.act_now(ledger, id, std::move(command));
}

Result<Actor> CaseDesk::holder(const Jurisdiction& jurisdiction, std::string_view reference, std::string_view secret) {
  const auto asked = CaseReference::parse(reference);
  const auto normal = normalise_case_secret(secret);
  if (!asked || !normal) return not_found();
  const auto view = inner_->parts.store.read(jurisdiction.id);
  const auto row = view->rows<CaseRows>().find_by_reference(asked->text());
  // The hash is made in any case, so that the time tells nothing. What a letter was split into opens with the letter's secret.
  const auto hash = secret_hash(inner_->parts.keys, row ? row->secret_of.value_or(row->reference) : asked->text(), *normal);
  if (!row || !crypto::equal(as_bytes(hash), as_bytes(row->secret_hash))) return not_found_or_lost(*view, jurisdiction);
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
  const auto tie = bond(loaded->state, id, actor, jurisdiction.pack);
  if (auto role = may(actor, "read", tie, Case::rights()); !role.ok()) return role.error();
  const auto key = RecordKey::of(inner_->parts.keys, loaded->row);
  if (!key.ok()) return key.error();
  auto sight = inner_->sight_of(actor, tie);
  if (cases::is_alarm_open(loaded->state)) sight.alarm = &jurisdiction.pack.danger;
  const auto now = std::max(inner_->parts.clock.now(), loaded->state.last_at);  // as the Committer would have it
  CaseView out;
  out.id = id;
  out.version = loaded->row.version;
  out.state = loaded->state;
  std::string proposer;  // the role in which the last proposal was made
  cases::State state;  // as it was once the event had happened
  for (const auto& [row, kept] : events) {
    const auto before = std::exchange(state, cases::evolve(state, kept, row.at));
    if (std::holds_alternative<cases::Proposed>(kept)) proposer = row.role;
    auto event = inner_->story_event(*view, row, kept, *key, sight, actor.user.has_value());
    if (!event) continue;
    event->clocks = cases::clocks_touched(before, state);
    if (std::holds_alternative<cases::Revealed>(kept) && event->named) event->named->role = proposer;
    if (auto* submitted = std::get_if<cases::Submitted>(&event->event)) out.submitted = *submitted;
    if (const auto* split = std::get_if<cases::SplitUp>(&event->event)) out.split_into = split->into;
    if (const auto* answered = std::get_if<cases::Answered>(&event->event)) out.outcome = answered->outcome;
    if (const auto* proposed = std::get_if<cases::Proposed>(&event->event);
        proposed != nullptr && loaded->state.proposal && loaded->state.proposal->number == event->number)
      out.proposed = *proposed;
    out.story.push_back(*std::move(event));
  }
  out.for_staff = actor.user.has_value();
  out.knows_identity = sight.identity;
  if (out.for_staff) Inner::name_for_staff(*view, out);
  out.offered = cases::offered(loaded->state, id, actor, {actor, jurisdiction.pack, *jurisdiction.zone, now, now});
  return out;
}

Result<std::vector<CaseListItem>> CaseDesk::list(const Jurisdiction& jurisdiction, const Actor& actor, CaseFilter filter) {
  filter.visible = visible(actor, jurisdiction.pack, Case::rights());
  if (filter.visible.nothing()) return may(actor, "read", Bond{}, Case::rights()).error();
  const auto view = inner_->parts.store.read(jurisdiction.id);
  return inner_->items_of(*view, view->rows<CaseRows>().list(filter));
}

Result<std::vector<CaseListItem>> CaseDesk::list_without_dispatcher(const Jurisdiction& jurisdiction, const Actor& actor) {
  if (!actor.is(Role::supervisor)) return std::vector<CaseListItem>();
  const auto view = inner_->parts.store.read(jurisdiction.id);
  std::vector<std::vector<std::string>> dispatchers;  // what is closed to each
  for (const auto& user : view->list_users()) {
    const auto member = member_of(user);
    if (member.disabled || !member.is(Role::dispatcher)) continue;
    dispatchers.push_back(bars_of(Actor{member.roles, member.id, member.unit, {}}, jurisdiction.pack));
  }
  const auto may_open = [](const CaseRow& row) {
    return [&row](const auto& bars) { return std::ranges::find_first_of(row.bars, bars) == row.bars.end(); };
  };
  CaseFilter filter{.visible = visible(actor, jurisdiction.pack, Case::rights()), .barred = true, .count = list_rows_max};
  std::vector<CaseRow> found;
  for (const auto phase : {cases::Phase::received, cases::Phase::accepted, cases::Phase::in_review}) {
    filter.phase = phase;
    for (auto& row : view->rows<CaseRows>().list(filter)) {
      if (!row.units.review && std::ranges::none_of(dispatchers, may_open(row))) found.push_back(std::move(row));
    }
  }
  return inner_->items_of(*view, std::move(found));
}

Result<std::vector<std::pair<cases::Phase, std::uint64_t>>> CaseDesk::count_by_phase(const Jurisdiction& jurisdiction,
                                                                                     const Actor& actor) {
  const auto seen = visible(actor, jurisdiction.pack, Case::rights());
  if (seen.nothing()) return may(actor, "read", Bond{}, Case::rights()).error();
  return inner_->parts.store.read(jurisdiction.id)->rows<CaseRows>().count_by_phase(seen);
}

Result<Receipt> CaseDesk::receipt(const Jurisdiction& jurisdiction, const Actor& actor, RecordId id) {
  auto published = inner_->parts.publisher == nullptr ? std::nullopt : inner_->parts.publisher->published(jurisdiction.id);
  auto head = inner_->parts.committer.head(jurisdiction.id);
  auto view = inner_->parts.store.read(jurisdiction.id);  // after the heads: it covers them
  const auto record = view->find_record(id);
  if (!record || record->type != Case::name) return not_found();
  if (auto role = may(actor, "read_identity", Bond{.holds_secret = actor.holds == id}, Case::rights()); !role.ok())
    return role.error();
  const auto first = view->find_event(id, 1);
  if (first && (!head || head->size <= first->log_index)) {  // another program wrote it
    auto fresh = inner_->parts.committer.refresh_head(jurisdiction.id);
    if (!fresh.ok()) return fresh.error();
    head = *std::move(fresh);
    view = inner_->parts.store.read(jurisdiction.id);
  }
  const bool witnessed = first && published && published->witnessed && published->head.size > first->log_index;
  if (witnessed) head = std::move(published->head);
  auto receipt = first_receipt(*view, *record, head, jurisdiction, inner_->parts.keys);
  if (receipt.ok()) receipt->witnessed = witnessed;
  return receipt;
}

}  // namespace huiyin::app
