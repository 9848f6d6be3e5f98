// What a command leads to: decide(), the main road, and what a screen offers.
#include <algorithm>

#include "base/assert.h"
#include "domain/case/deciding.h"
#include "domain/case/words.h"
#include "domain/rules/danger.h"
#include "domain/rules/personal_marks.h"

namespace huiyin::cases {

using rules::accept_limit;
using rules::finish_limit;
using rules::object_limit;
using rules::reopen_limit;
using rules::urgent_limit;

FieldError missing_field(std::string_view field) { return {std::string(field), "", {key::expected_not_empty}}; }
Error missing(std::string_view field) { return invalid_fields({missing_field(field)}); }
Error conflict(Key why) { return {Code::conflict, {why}}; }

rules::Due Decide::due(const RuleCode& rule, const std::optional<CategoryCode>& category) const {
  return rules::due_of(now.pack.limit_for(rule, category), now.at, now.pack.calendar, now.zone);
}

bool Decide::in_time(const RuleCode& rule) const {
  const auto* clock = find_clock(state, rule);
  return clock != nullptr && now.at <= clock->due.at;
}

std::optional<Error> Decide::refuse_after(const std::optional<rules::LegalClock>& window, Key too_late) const {
  if (!window || now.at <= window->due.at) return std::nullopt;
  return Error{Code::conflict, {too_late, {{"until", to_iso(now.zone.day_of(window->due.at))}}}};
}

bool Decide::is_about(const UnitCode& unit) const {
  const auto chain = now.pack.chain_of(unit);
  return state.about_unit && std::ranges::find(chain, *state.about_unit) != chain.end();
}

std::optional<Error> Decide::refuse_unit(std::string_view field, const UnitCode& unit) const {
  if (now.pack.find_unit(unit) == nullptr) return invalid_field(field, unit.text, {key::expected_unit});
  if (is_about(unit)) return invalid_field(field, unit.text, {key::expected_unit_not_about});
  return std::nullopt;
}

// ---- The main road
// ------------------------------------------------------------------------------------------------------------------

namespace {

// Nothing where the clock simply begins with the event, at that moment.
std::optional<rules::CountedFrom> counted_from(const rules::LegalClock& clock, Instant at) {
  if (clock.start == at && clock.began == rules::Began::as_said) return std::nullopt;
  return rules::CountedFrom{clock.start, clock.began};
}

}  // namespace

Result<Events> Decide::operator()(const Submit& submit) const {
  const auto* category = submit.category ? now.pack.find_category(*submit.category) : nullptr;
  if (submit.category && category == nullptr) return invalid_field("category", submit.category->text, {key::expected_category});
  if (submit.about && now.pack.find_unit(*submit.about) == nullptr)
    return invalid_field("about", submit.about->text, {key::expected_unit});
  if (!submit.body && !(submit.category && submit.place)) return missing("body");
  const auto representatives = submit.representatives ? (*submit.representatives).size() : 0;
  const auto representatives_max = static_cast<std::size_t>(std::max(now.pack.representatives_max, 1)) - 1;  // one files
  if (representatives > representatives_max) {
    return invalid_field("representatives", std::to_string(representatives),
                         {key::expected_list, {{"min", "0"}, {"max", std::to_string(representatives_max)}}});
  }
  Submitted event{};
  if (submit.contact && (*submit.contact).phone) event.reachable.push_back(ContactWay::phone);
  if (submit.contact && (*submit.contact).email) event.reachable.push_back(ContactWay::email);
  event.reference = submit.reference;
  event.secret_hash = submit.secret_hash;
  event.channel = submit.channel;
  event.language = submit.language;
  event.category = submit.category;
  event.sealed = category != nullptr && category->publication == rules::Publication::sealed;
  event.due = submit.accept_by ? submit.accept_by->due : due(accept_limit, submit.category);
  if (submit.accept_by) event.due_from = counted_from(*submit.accept_by, now.at);
  // Of a letter that is split, what its dispatcher made of it holds.
  if (!submit.split_from && (tells_of_danger(submit.subject) || tells_of_danger(submit.body)))
    event.urgent = due(urgent_limit, submit.category);
  event.about = submit.about;
  if (!submit.took_part.nobody()) event.took_part = submit.took_part;
  event.people = submit.people;
  if (submit.on_behalf) event.for_other = true;
  event.split_from = submit.split_from;
  event.secret_of = submit.secret_of;
  if (!submit.recused.empty()) event.recused = submit.recused;
  event.subject = submit.subject;
  event.body = submit.body;
  event.place = submit.place;
  event.contact = submit.contact;
  event.representatives = submit.representatives;
  event.on_behalf = submit.on_behalf;
  return Events{std::move(event)};
}

bool Decide::tells_of_danger(const Private<std::string>& words) const {
  return words && rules::tells_of_danger(now.pack.danger, *words);
}

void Decide::watch_for_danger(const Private<std::string>& words, Events& events) const {
  if (!is_alarm_open(state) && tells_of_danger(words)) events.emplace_back(UrgencySet{due(urgent_limit), {}});
}

Result<Events> Decide::operator()(const Accept& accept) const {
  const auto& category = accept.category ? accept.category : state.category;
  if (!category) return missing("category");
  const auto* known = now.pack.find_category(*category);
  if (known == nullptr) return invalid_field("category", category->text, {key::expected_category});
  // What stands in clear in the log already cannot be sealed afterwards.
  if (known->publication == rules::Publication::sealed && !state.sealed) {
    return invalid_field("category", category->text, {key::expected_open_category});
  }
  Accepted event{*category, {}, in_time(accept_limit), {}, {}};
  if (const auto& limit = accept.limit) {
    event.due = limit->due;
    if (limit->extended != 0) event.extended = limit->extended;
    if (!limit->pauses.empty()) event.pauses = limit->pauses;
    event.due_from = counted_from(*limit, now.at);
  } else if (const auto& own = now.pack.limit_for(finish_limit, category); own.starts_at == rules::StartsAt::received) {
    // From the receipt; of a case that was opened again before anybody accepted it, from then on.
    const auto& receipt = *find_clock(state, accept_limit);
    event.due = rules::due_of(own, receipt.start, now.pack.calendar, now.zone);
    const bool again = receipt.began == rules::Began::reopened;
    event.due_from = rules::CountedFrom{receipt.start, again ? rules::Began::reopened : rules::Began::received};
  } else {
    event.due = due(finish_limit, category);
  }
  // Counted as the limit to accept it: from the receipt, of a part of a letter from the letter's.
  const auto* correction = now.pack.find_limit_for(rules::ask_correction_limit, category);
  if (correction != nullptr)
    event.correction = rules::due_of(*correction, find_clock(state, accept_limit)->start, now.pack.calendar, now.zone);
  return Events{std::move(event)};
}

Result<Events> Decide::operator()(const Assign& assign) const {
  if (auto wrong = refuse_unit("unit", assign.unit)) return *std::move(wrong);
  if (state.unit == assign.unit) return conflict(key::case_already_with_unit);
  return Events{Assigned{assign.unit, due(object_limit)}};
}

Result<Events> Decide::operator()(const Start&) const { return Events{Started{now.actor.user}}; }

Result<Events> Decide::operator()(const Note& note) const {
  if (!note.words) return missing("words");
  return Events{Noted{note.words}};
}

namespace {

void check_parts(const rules::AnswerKind& kind, const Private<std::vector<PartText>>& given, std::vector<FieldError>& wrong) {
  static const std::vector<PartText> none;
  const auto& parts = given ? *given : none;
  for (const auto& wanted : kind.parts) {
    const auto found = std::ranges::find(parts, wanted.code, &PartText::code);
    if (found == parts.end() || found->words.empty()) wrong.push_back(missing_field("parts." + wanted.code.text));
  }
  for (auto part = parts.begin(); part != parts.end(); ++part) {
    const bool known = std::ranges::find(kind.parts, part->code, &rules::AnswerPart::code) != kind.parts.end();
    const bool doubled = std::ranges::find(parts, part->code, &PartText::code) != part;
    if (!known || doubled) wrong.push_back({"parts." + part->code.text, part->code.text, {key::expected_part}});
  }
}

}  // namespace

// Article 32: the opinion states claim, facts, grounds and legal basis, and what it comes to.
std::vector<FieldError> Decide::faults_of(const Answer& answer) const {
  const auto& kind = now.pack.answer_for(state.category);
  std::vector<FieldError> wrong;
  if (kind.states_outcome && !answer.outcome) wrong.push_back(missing_field("outcome"));
  if (!kind.states_outcome && answer.outcome)
    wrong.push_back({"outcome", std::string(name_of(*answer.outcome)), {key::expected_no_outcome}});
  check_parts(kind, answer.parts, wrong);
  if (!answer.words) wrong.push_back(missing_field("words"));
  return wrong;
}

// Answers brought over from elsewhere followed the rules of that place.
std::optional<Error> Decide::refuse_answer(const Answer& answer) const {
  if (has_open_part(state)) return conflict(key::case_part_open);
  if (now.actor.is(Role::system)) return answer.words ? std::nullopt : std::optional(missing("words"));
  auto wrong = faults_of(answer);
  if (wrong.empty()) return std::nullopt;
  return invalid_fields(std::move(wrong));
}

Answered Decide::answered(const Answer& answer) const {
  Answered event{};
  event.on_time = in_time(finish_limit);
  event.outcome = answer.outcome;
  if (now.pack.answer_for(state.category).reviewable) event.review = due(rules::ask_review_limit);
  event.by = now.actor.user;
  event.words = answer.words;
  event.parts = answer.parts;
  return event;
}

Result<Events> Decide::operator()(const Answer& answer) const {
  const bool to_sign = now.pack.answer_for(state.category).signed_off && !now.actor.is(Role::system);
  if (to_sign && state.proposal) return conflict(key::case_proposal_open);
  if (auto wrong = refuse_answer(answer)) return *std::move(wrong);
  if (!to_sign) return Events{answered(answer)};
  Proposed proposed{};
  proposed.deed = Deed::answer;
  proposed.by = now.actor.user;
  proposed.outcome = answer.outcome;
  proposed.words = answer.words;
  proposed.parts = answer.parts;
  return Events{std::move(proposed)};
}

Result<Events> Decide::operator()(const Rate& rate) const {
  Rated rated{rate.shared, rate.contacted, rate.solved, rate.satisfaction, rate.words};
  if (!rate.solved && state.final) rated.unsolved = true;
  Events events{std::move(rated)};
  if (!rate.solved && !state.final) {
    // The time that the requester takes to judge is nobody's delay: a limit that was kept and ran out meanwhile begins anew. One
    // that the answer came too late for stays overdue.
    const auto* finish = find_clock(state, finish_limit);
    const bool late = finish != nullptr && finish->met && *finish->met > finish->due.at;
    const bool anew = state.reviewed || (!late && !in_time(finish_limit));
    events.emplace_back(Returned{anew ? std::optional(due(finish_limit)) : std::nullopt});
  }
  watch_for_danger(rate.words, events);
  return events;
}

Result<Events> Decide::operator()(const Reopen& reopen) const {
  if (state.final) return conflict(key::case_final);
  if (auto late = refuse_after(state.reopening_until, key::case_reopen_too_late)) return *std::move(late);
  if (!reopen.words) return missing("words");
  Events events{Reopened{due(finish_limit), reopen.words, {}}};
  watch_for_danger(reopen.words, events);
  return events;
}

Result<Events> Decide::operator()(const Close&) const {
  if (has_open_promise(state)) return conflict(key::case_promise_open);
  const auto reopening = state.final ? std::nullopt : std::optional(due(reopen_limit));
  if (state.phase == Phase::rated) return Events{Closed{true, reopening}};
  // Answered and not yet rated: the person's time to judge comes first.
  const auto first_day = now.zone.day_of(*state.answered) + now.pack.rating_days + 1;
  if (now.zone.day_of(now.at) < first_day) {
    return Error{Code::conflict, {key::case_rating_open, {{"until", to_iso(first_day + -1)}}}};
  }
  return Events{Closed{false, reopening}};
}

// ---- When what fits
// ------------------------------------------------------------------------------------------------------------------

namespace {

// The states in which a command makes sense; `may` has already said that the person may. While an objection is open nothing is
// done about the matter itself: only what is asked of the requester or of supporting units goes on.
struct Fits {
  const State& state;
  Phase phase = state.phase;
  bool free = !state.objection_open;
  bool alive = phase != Phase::none && !is_over(phase);

  // A deed that is proposed: not while another one is.
  [[nodiscard]] bool proposed(Deed deed) const { return !state.proposal && fits(deed, phase) && possible(deed); }
  // Not only the phase.
  [[nodiscard]] bool possible(Deed deed) const {
    const bool rests = state.pause && deed != Deed::reveal && deed != Deed::lapse;
    const bool waits = !free && deed != Deed::reveal;
    return !rests && !waits;
  }

  bool operator()(const Submit&) const { return phase == Phase::none; }
  bool operator()(const Accept&) const { return phase == Phase::received; }
  bool operator()(const NotAccept&) const { return proposed(Deed::not_accept); }
  bool operator()(const Assign&) const { return free && (phase == Phase::accepted || in_hands(phase)); }
  bool operator()(const Start&) const { return free && phase == Phase::assigned; }
  bool operator()(const Note&) const { return phase != Phase::none; }
  bool operator()(const Answer&) const { return fits(Deed::answer, phase) && possible(Deed::answer); }
  bool operator()(const Rate&) const { return phase == Phase::answered; }
  bool operator()(const Close&) const { return phase == Phase::answered || phase == Phase::rated; }
  bool operator()(const Object&) const { return free && in_hands(phase); }
  bool operator()(const Rule&) const { return state.objection_open; }
  bool operator()(const Ask&) const { return !state.question_open && !state.correction_open && in_hands(phase); }
  bool operator()(const AskCorrection&) const { return free && !state.question_open && !state.pause && in_hands(phase); }
  bool operator()(const Reply&) const { return state.question_open || state.correction_open; }
  bool operator()(const Withdraw&) const { return alive && phase != Phase::rated; }
  bool operator()(const Reopen&) const { return phase == Phase::closed; }
  bool operator()(const Pause&) const { return free && !state.pause && (in_hands(phase) || phase == Phase::in_review); }
  bool operator()(const Resume&) const { return state.pause.has_value(); }
  bool operator()(const AskExtension&) const { return proposed(Deed::extension); }
  bool operator()(const Support&) const { return phase == Phase::accepted || in_hands(phase); }
  bool operator()(const ReleaseSupport&) const { return alive && !state.supports.empty(); }
  bool operator()(const Contribute&) const { return in_hands(phase) && has_open_part(state); }
  bool operator()(const Promise&) const {
    return free && (phase == Phase::in_work || phase == Phase::answered || phase == Phase::rated);
  }
  bool operator()(const Fulfil&) const { return alive && has_open_promise(state); }
  bool operator()(const AskReview&) const {
    return state.review_until && (phase == Phase::answered || phase == Phase::rated || phase == Phase::closed);
  }
  bool operator()(const AssignReview&) const { return phase == Phase::in_review; }
  bool operator()(const DecideReview&) const { return phase == Phase::in_review && !state.pause; }
  bool operator()(const Merge&) const { return proposed(Deed::merge); }
  bool operator()(const SplitBack&) const { return phase == Phase::merged; }
  bool operator()(const Split&) const {
    return free && !state.pause && (phase == Phase::received || phase == Phase::accepted || in_hands(phase));
  }
  bool operator()(const HandOver&) const { return proposed(Deed::hand_over); }
  bool operator()(const ProveHandOver&) const { return phase == Phase::handing_over; }
  bool operator()(const ReopenByStaff&) const { return proposed(Deed::reopen); }
  bool operator()(const Reveal&) const { return proposed(Deed::reveal); }
  bool operator()(const Lapse&) const { return state.correction_open && proposed(Deed::lapse); }
  bool operator()(const RuleProposal&) const { return state.proposal && possible(state.proposal->deed); }
  bool operator()(const TakeBack&) const { return state.proposal.has_value(); }
  bool operator()(const SetAbout&) const { return phase != Phase::none; }
  bool operator()(const Recuse&) const { return alive; }
  bool operator()(const ChangeHandler&) const { return alive && state.handler.has_value(); }
  // Raised while somebody works on it; lifted as long as it stands, wherever the case is by then.
  bool operator()(const SetUrgent& command) const {
    const bool open = phase == Phase::received || phase == Phase::accepted || in_hands(phase) || phase == Phase::in_review;
    return command.urgent != state.urgent && (open || state.urgent);
  }
  bool operator()(const Watch&) const { return phase != Phase::none; }
  bool operator()(const Recount&) const { return phase != Phase::none; }
  bool operator()(const TakeAnswer&) const { return phase == Phase::merged; }
};

bool is_proposing(const Command& command) {
  return std::holds_alternative<NotAccept>(command) || std::holds_alternative<AskExtension>(command) ||
         std::holds_alternative<Merge>(command) || std::holds_alternative<HandOver>(command) ||
         std::holds_alternative<ReopenByStaff>(command) || std::holds_alternative<Reveal>(command) ||
         std::holds_alternative<Lapse>(command);
}

bool rests(const State& state, const Command& command) {
  return state.pause &&
         (std::holds_alternative<Answer>(command) || std::holds_alternative<RuleProposal>(command) ||
          std::holds_alternative<DecideReview>(command) || std::holds_alternative<Split>(command) || is_proposing(command));
}

Error why_unfit(const State& state, const Command& command) {
  if (state.objection_open) {
    auto ruled = state;
    ruled.objection_open = false;
    ruled.pause.reset();  // it may be ended meanwhile
    if (std::visit(Fits{ruled}, command)) return conflict(key::case_objection_open);
  }
  if (rests(state, command)) return conflict(key::case_paused);
  if (state.proposal && is_proposing(command)) return conflict(key::case_proposal_open);
  return {Code::conflict,
          {key::case_wrong_phase, {{"act", word_of_act(name_of_alternative(command))}, {"phase", word_of(state.phase)}}}};
}

// Nobody's number has to stand in what staff write to each other: the identity is kept apart, and its owner can be reached
// through the program. What goes to the requester may name an office's own telephone.
struct Guard {
  std::optional<Error> wrong{};
  bool to_requester = false;
  template <class T>
  void fine(std::string_view, const T&) {}
  template <class T>
  void kept(std::string_view, const T&) {}
  template <class T>
  void words(std::string_view, const T&) {}
  template <class T>
  void identity(std::string_view, const T&) {}
  void staff_words(std::string_view name, const Private<std::string>& field) {
    if (field) check(name, *field);
  }
  void staff_words(std::string_view, const Private<std::vector<PartText>>& parts) {
    if (!parts) return;
    for (const auto& part : *parts) check("parts." + part.code.text, part.words);
  }
  void check(std::string_view name, std::string_view text) {
    const auto mark = rules::find_personal_mark(text);
    if (!mark || (mark->kind == rules::PersonalMark::Kind::phone && to_requester)) return;
    const auto expected =
        mark->kind == rules::PersonalMark::Kind::phone ? key::expected_no_phone : key::expected_no_identity_number;
    wrong = invalid_field(name, mark->masked, {expected});
  }
};

std::optional<Error> refuse_personal_marks(const Events& events, const Actor& actor) {
  if (actor.is(Role::system) || !actor.user) return std::nullopt;
  Guard guard;
  for (const auto& event : events) {
    const auto* proposed = std::get_if<Proposed>(&event);
    guard.to_requester = proposed != nullptr ? proposed->deed == Deed::answer : !is_internal(event);
    std::visit([&guard](const auto& one) { std::remove_cvref_t<decltype(one)>::describe(one, guard); }, event);
  }
  return guard.wrong;
}

}  // namespace

Result<std::vector<Event>> decide(const State& state, const Command& command, const Situation& situation) {
  if (!std::visit(Fits{state}, command)) return why_unfit(state, command);
  if (situation.at > situation.now) return invalid_field("at", to_rfc3339(situation.at), {key::case_at_in_future});
  if (state.phase != Phase::none && situation.at < state.last_at)
    return Error{Code::conflict, {key::case_at_before_last, {{"last", to_rfc3339(state.last_at)}}}};
  auto events = std::visit(Decide{state, situation}, command);
  if (!events.ok()) return events;
  if (auto wrong = refuse_personal_marks(*events, situation.actor)) return *std::move(wrong);
  return events;
}

namespace {

// One of each command that people give, empty: whether it would be refused for another reason than what it does not say.
const std::vector<Command>& all_commands() {
  static const std::vector<Command> all{
      Accept{},   NotAccept{}, Assign{},        Start{},         Note{},          Answer{},         Rate{},
      Close{},    Object{},    Rule{},          Ask{},           AskCorrection{}, Reply{},          Withdraw{},
      Reopen{},   Pause{},     Resume{},        AskExtension{},  Support{},       ReleaseSupport{}, Contribute{},
      Promise{},  Fulfil{},    AskReview{},     AssignReview{},  DecideReview{},  Merge{},          SplitBack{},
      Split{},    HandOver{},  ProveHandOver{}, ReopenByStaff{}, Reveal{},        Lapse{},          RuleProposal{},
      TakeBack{}, SetAbout{},  Recuse{},        ChangeHandler{}};
  return all;
}

bool is_refused_anyway(const State& state, const Command& command, const Situation& situation) {
  const auto decided = std::visit(Decide{state, situation}, command);
  return !decided.ok() && decided.error().code != Code::invalid;
}

}  // namespace

std::vector<std::string_view> offered(const State& state, RecordId id, const Actor& actor, const Situation& situation) {
  std::vector<std::string_view> acts;
  const auto tie = bond(state, id, actor, situation.pack);
  const auto offer = [&](const Command& command) {
    if (!std::visit(Fits{state}, command) || !may(actor, act_of(state, command), tie, Case::rights()).ok()) return;
    if (!is_refused_anyway(state, command, situation)) acts.push_back(name_of_alternative(command));
  };
  for (const auto& command : all_commands()) offer(command);
  offer(SetUrgent{.urgent = !state.urgent, .reason = {}});
  return acts;
}

}  // namespace huiyin::cases
