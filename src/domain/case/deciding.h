// What the files of decide() share: one small function a command, by theme in decide.cpp (the main road), decide_sides.cpp,
// decide_proposals.cpp and decide_review.cpp. The command fits the state already, and the actor may.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/case/case.h"
#include "texts/keys.h"

namespace huiyin::cases {

using Events = std::vector<Event>;

struct Decide {
  const State& state;
  const Situation& now;

  // The main road
  Result<Events> operator()(const Submit& submit) const;
  Result<Events> operator()(const Accept& accept) const;
  Result<Events> operator()(const Assign& assign) const;
  Result<Events> operator()(const Start&) const;
  Result<Events> operator()(const Note& note) const;
  Result<Events> operator()(const Answer& answer) const;
  Result<Events> operator()(const Rate& rate) const;
  Result<Events> operator()(const Close&) const;
  Result<Events> operator()(const Reopen& reopen) const;
  // Side ways
  Result<Events> operator()(const Object& object) const;
  Result<Events> operator()(const Rule& rule) const;
  Result<Events> operator()(const Ask& ask) const;
  Result<Events> operator()(const AskCorrection& ask) const;
  Result<Events> operator()(const Reply& reply) const;
  Result<Events> operator()(const Withdraw& withdraw) const;
  Result<Events> operator()(const Pause& pause) const;
  Result<Events> operator()(const Resume&) const;
  Result<Events> operator()(const Support& support) const;
  Result<Events> operator()(const ReleaseSupport& release) const;
  Result<Events> operator()(const Contribute& contribute) const;
  Result<Events> operator()(const Promise& promise) const;
  Result<Events> operator()(const Fulfil& fulfil) const;
  Result<Events> operator()(const ProveHandOver& prove) const;
  Result<Events> operator()(const SplitBack& back) const;
  Result<Events> operator()(const Split& split) const;
  Result<Events> operator()(const TakeAnswer& answer) const;
  // Who has to do with it
  Result<Events> operator()(const SetAbout& about) const;
  Result<Events> operator()(const Recuse& recuse) const;
  Result<Events> operator()(const ChangeHandler& change) const;
  Result<Events> operator()(const SetUrgent& urgent) const;
  // What nobody does alone
  Result<Events> operator()(const NotAccept& command) const;
  Result<Events> operator()(const AskExtension& ask) const;
  Result<Events> operator()(const Merge& merge) const;
  Result<Events> operator()(const HandOver& hand_over) const;
  Result<Events> operator()(const ReopenByStaff& reopen) const;
  Result<Events> operator()(const Reveal& reveal) const;
  Result<Events> operator()(const Lapse& lapse) const;
  Result<Events> operator()(const RuleProposal& ruling) const;
  Result<Events> operator()(const TakeBack&) const;
  // Review and re-review
  Result<Events> operator()(const AskReview& ask) const;
  Result<Events> operator()(const AssignReview& assign) const;
  Result<Events> operator()(const DecideReview& decide) const;
  // The clocks
  Result<Events> operator()(const Watch&) const;
  Result<Events> operator()(const Recount&) const;

  // No correction came, and its time is over; the error says what holds the lapse up.
  [[nodiscard]] std::optional<Error> refuse_lapse() const;
  // The pause ends now: the limits that stood still are due then.
  [[nodiscard]] Resumed resumed() const;
  // The limits that such a pause stops.
  [[nodiscard]] std::vector<RuleCode> stopped_by(const PauseCode& reason) const;

  // By the limit of that rule for the case's category, or for another one, from now on.
  [[nodiscard]] rules::Due due(const RuleCode& rule) const { return due(rule, state.category); }
  [[nodiscard]] rules::Due due(const RuleCode& rule, const std::optional<CategoryCode>& category) const;
  [[nodiscard]] bool in_time(const RuleCode& rule) const;
  // The error says until when it could have been done; nothing while the window is open, or where there is none.
  [[nodiscard]] std::optional<Error> refuse_after(const std::optional<rules::LegalClock>& window, Key too_late) const;
  // Nothing when the unit is known and may have the case; the error names `field`.
  [[nodiscard]] std::optional<Error> refuse_unit(std::string_view field, const UnitCode& unit) const;
  // The unit complained of, or one below it.
  [[nodiscard]] bool is_about(const UnitCode& unit) const;
  // What the answer's kind asks for.
  [[nodiscard]] std::vector<FieldError> faults_of(const Answer& answer) const;
  // The same, and parts that are still open.
  [[nodiscard]] std::optional<Error> refuse_answer(const Answer& answer) const;
  [[nodiscard]] Answered answered(const Answer& answer) const;
  [[nodiscard]] std::optional<Error> refuse_other_case(std::string_view into, const std::optional<OtherCase>& found) const;
  [[nodiscard]] bool takes_no_part() const;  // the actor, so far
  [[nodiscard]] bool tells_of_danger(const Private<std::string>& words) const;
  // What the requester wrote later tells of danger to life, and nobody is to act at once yet: somebody is from now on.
  void watch_for_danger(const Private<std::string>& words, Events& events) const;
};

FieldError missing_field(std::string_view field);
Error missing(std::string_view field);
Error conflict(Key why);

}  // namespace huiyin::cases
