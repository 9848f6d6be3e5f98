// What nobody does alone: proposed by one, ruled on by another.
#include "base/assert.h"
#include "domain/case/deciding.h"

namespace huiyin::cases {
namespace {

Proposed proposal(Deed deed, const Situation& now, Private<std::string> reason) {
  Proposed event{};
  event.deed = deed;
  event.by = now.actor.user;
  event.reason = std::move(reason);
  return event;
}

}  // namespace

Result<Events> Decide::operator()(const NotAccept& command) const {
  if (now.pack.find_road(command.road) == nullptr) return invalid_field("road", command.road.text, {key::expected_road});
  if (!command.reason) return missing("reason");
  auto event = proposal(Deed::not_accept, now, command.reason);
  event.road = command.road;
  return Events{std::move(event)};
}

// Article 34: the head approves, at most 30 days more, and the requester is told why.
Result<Events> Decide::operator()(const AskExtension& ask) const {
  const auto* clock = find_clock(state, rules::finish_limit);
  if (clock == nullptr || clock->met || now.at > clock->due.at) return conflict(key::case_extension_too_late);
  const int left = rules::extension_left(now.pack, *clock);
  if (left == 0) return conflict(key::case_extension_used_up);
  if (ask.amount < 1 || ask.amount > left) {
    return invalid_field("amount", std::to_string(ask.amount),
                         {key::expected_integer, {{"low", "1"}, {"high", std::to_string(left)}}});
  }
  if (!ask.reason) return missing("reason");
  auto event = proposal(Deed::extension, now, ask.reason);
  event.amount = ask.amount;
  return Events{std::move(event)};
}

std::optional<Error> Decide::refuse_other_case(std::string_view into, const std::optional<OtherCase>& found) const {
  // Its answer is still to come; and no case waits for its own.
  const bool open = found && (found->phase == Phase::received || found->phase == Phase::accepted || in_hands(found->phase));
  if (!open || into == state.reference) return invalid_field("into", into, {key::expected_open_case});
  if (found->sealed || state.sealed) return conflict(key::case_sealed_alone);
  if (now.pack.answer_for(found->category).code != now.pack.answer_for(state.category).code)
    return conflict(key::case_merge_other_answer);
  if (!same_bars(bars_of(state), found->bars)) return conflict(key::case_merge_other_bars);
  return std::nullopt;
}

Result<Events> Decide::operator()(const Merge& merge) const {
  if (has_open_promise(state)) return conflict(key::case_promise_open);  // the other case's unit never gave it
  if (state.sealed) return conflict(key::case_sealed_alone);
  if (auto wrong = refuse_other_case(merge.into, merge.found)) return *std::move(wrong);
  if (!merge.reason) return missing("reason");
  auto event = proposal(Deed::merge, now, merge.reason);
  event.into = merge.into;
  return Events{std::move(event)};
}

Result<Events> Decide::operator()(const HandOver& hand_over) const {
  if (has_open_promise(state)) return conflict(key::case_promise_open);  // nobody would keep it any more
  if (now.pack.find_road(hand_over.road) == nullptr) return invalid_field("road", hand_over.road.text, {key::expected_road});
  if (!hand_over.reason) return missing("reason");
  auto event = proposal(Deed::hand_over, now, hand_over.reason);
  event.road = hand_over.road;
  return Events{std::move(event)};
}

Result<Events> Decide::operator()(const ReopenByStaff& reopen) const {
  if (!reopen.reason) return missing("reason");
  return Events{proposal(Deed::reopen, now, reopen.reason)};
}

Result<Events> Decide::operator()(const Reveal& reveal) const {
  const auto& knowing = state.knowing;
  if (now.actor.user && std::ranges::find(knowing, *now.actor.user) != knowing.end()) return conflict(key::case_revealed_already);
  if (!reveal.reason) return missing("reason");
  return Events{proposal(Deed::reveal, now, reveal.reason)};
}

std::optional<Error> Decide::refuse_lapse() const {
  if (!state.correction_open) return conflict(key::case_correction_none);  // it came meanwhile
  const auto until = state.correction_until->due.at;
  if (now.at <= until) return Error{Code::conflict, {key::case_lapse_too_early, {{"until", to_iso(now.zone.day_of(until))}}}};
  if (has_open_promise(state)) return conflict(key::case_promise_open);
  return std::nullopt;
}

Result<Events> Decide::operator()(const Lapse& lapse) const {
  if (auto wrong = refuse_lapse()) return *std::move(wrong);
  if (!lapse.reason) return missing("reason");
  return Events{proposal(Deed::lapse, now, lapse.reason)};
}

Result<Events> Decide::operator()(const TakeBack&) const {
  if (now.actor.user != state.proposal->by) return Error{Code::forbidden, {key::may_not_others_proposal}};
  return Events{ProposalTakenBack{state.proposal->deed}};
}

namespace {

// What was proposed, done now.
struct Approve {
  const Decide& decide;
  const Proposed& proposed;
  const RuleProposal& ruling;
  const State& state = decide.state;
  const Situation& now = decide.now;

  Result<Events> not_accept() const {
    return Events{NotAccepted{*proposed.road, decide.in_time(rules::accept_limit), proposed.reason}};
  }
  Result<Events> extension() const {
    auto clock = *find_clock(state, rules::finish_limit);
    if (now.at > clock.due.at) return conflict(key::case_extension_too_late);
    if (*proposed.amount > rules::extension_left(now.pack, clock)) return conflict(key::case_extension_used_up);
    clock.extended += *proposed.amount;
    return Events{Extended{rules::due_again(clock, now.pack.calendar, now.zone), *proposed.amount, proposed.reason}};
  }
  Result<Events> answer() const {
    const Answer answer{proposed.words, proposed.outcome, proposed.parts};
    if (auto wrong = decide.refuse_answer(answer)) return *std::move(wrong);
    auto event = decide.answered(answer);
    event.by = proposed.by;
    event.signed_by = now.actor.user;
    return Events{std::move(event)};
  }
  Result<Events> hand_over() const {
    if (has_open_promise(state)) return conflict(key::case_promise_open);
    return Events{HandOverBegun{*proposed.road, proposed.reason}};
  }
  Result<Events> merge() const {
    if (has_open_promise(state)) return conflict(key::case_promise_open);
    if (auto wrong = decide.refuse_other_case(*proposed.into, ruling.found)) return *std::move(wrong);
    return Events{Merged{ruling.found->id, *proposed.into, proposed.reason}};
  }
  // What nobody accepted is to be accepted first.
  Result<Events> reopen() const {
    const bool accepted = find_clock(state, rules::finish_limit) != nullptr;
    return Events{Reopened{decide.due(accepted ? rules::finish_limit : rules::accept_limit), {}, proposed.reason}};
  }
  Result<Events> reveal() const { return Events{Revealed{proposed.by, proposed.reason}}; }

  Result<Events> lapse() const {
    if (auto wrong = decide.refuse_lapse()) return *std::move(wrong);
    Events events;
    if (state.pause) events.emplace_back(decide.resumed());
    events.emplace_back(Lapsed{proposed.reason});
    return events;
  }

  Result<Events> operator()() const {
    switch (proposed.deed) {
      case Deed::not_accept: return not_accept();
      case Deed::extension: return extension();
      case Deed::answer: return answer();
      case Deed::hand_over: return hand_over();
      case Deed::merge: return merge();
      case Deed::reopen: return reopen();
      case Deed::reveal: return reveal();
      case Deed::lapse: return lapse();
    }
    HUIYIN_ASSERT(false);
    return Events{};
  }
};

}  // namespace

Result<Events> Decide::operator()(const RuleProposal& ruling) const {
  if (now.actor.user == state.proposal->by) return Error{Code::forbidden, {key::may_not_own_request}};
  if (!ruling.approved) {
    if (!ruling.reason) return missing("reason");
    return Events{ProposalRefused{state.proposal->deed, ruling.reason}};
  }
  HUIYIN_ASSERT(ruling.proposed.has_value());  // the use case looks it up
  return Approve{*this, *ruling.proposed, ruling}();
}

}  // namespace huiyin::cases
