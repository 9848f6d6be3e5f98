#include "domain/case/words.h"

#include "base/assert.h"
#include "texts/keys.h"

namespace huiyin::cases {
namespace {

struct Word {
  std::string_view name;
  Key key;
};

template <std::size_t Size>
Key find(const std::array<Word, Size>& words, std::string_view name) {
  const auto found = std::ranges::find(words, name, &Word::name);
  HUIYIN_ASSERT(found != words.end());
  return found->key;
}

}  // namespace

Key word_of(Phase phase) {
  static constexpr std::array<Key, Names<Phase>::values.size()> words{
      key::phase_none,         key::phase_received,    key::phase_not_accepted, key::phase_accepted,
      key::phase_assigned,     key::phase_in_work,     key::phase_answered,     key::phase_rated,
      key::phase_closed,       key::phase_withdrawn,   key::phase_in_review,    key::phase_merged,
      key::phase_handing_over, key::phase_handed_over, key::phase_split,        key::phase_lapsed};
  return words[static_cast<std::size_t>(phase)];
}

Key word_of(Outcome outcome) {
  static constexpr std::array<Key, Names<Outcome>::values.size()> words{key::outcome_supported, key::outcome_explained,
                                                                        key::outcome_not_supported};
  return words[static_cast<std::size_t>(outcome)];
}

Key word_of(ReviewLevel level) {
  static constexpr std::array<Key, Names<ReviewLevel>::values.size()> words{key::level_review, key::level_rereview};
  return words[static_cast<std::size_t>(level)];
}

Key word_of(ReviewOutcome outcome) {
  static constexpr std::array<Key, Names<ReviewOutcome>::values.size()> words{key::review_upheld, key::review_revised,
                                                                              key::review_set_aside};
  return words[static_cast<std::size_t>(outcome)];
}

Key word_of(Deed deed) {
  static constexpr std::array<Key, Names<Deed>::values.size()> words{key::deed_not_accept, key::deed_extension, key::deed_answer,
                                                                     key::deed_hand_over,  key::deed_merge,     key::deed_reopen,
                                                                     key::deed_reveal,     key::deed_lapse};
  return words[static_cast<std::size_t>(deed)];
}

Key word_of(Channel channel) {
  static constexpr std::array<Key, Names<Channel>::values.size()> words{
      key::channel_web,    key::channel_api,   key::channel_email, key::channel_phone,
      key::channel_letter, key::channel_visit, key::channel_field, key::channel_import};
  return words[static_cast<std::size_t>(channel)];
}

Key word_of(Satisfaction satisfaction) {
  static constexpr std::array<Key, Names<Satisfaction>::values.size()> words{key::satisfied, key::basically_satisfied,
                                                                             key::not_satisfied};
  return words[static_cast<std::size_t>(satisfaction)];
}

Key word_of(rules::Standing standing) {
  static constexpr std::array<Key, Names<rules::Standing>::values.size()> words{
      key::standing_running, key::standing_met, key::standing_met_late, key::standing_overdue, key::standing_paused};
  return words[static_cast<std::size_t>(standing)];
}

Key word_of_act(std::string_view command) {
  static constexpr std::array<Word, std::variant_size_v<Command>> words{{{Submit::name, key::act_submit},
                                                                         {Accept::name, key::act_accept},
                                                                         {NotAccept::name, key::act_not_accept},
                                                                         {Assign::name, key::act_assign},
                                                                         {Start::name, key::act_start},
                                                                         {Note::name, key::act_note},
                                                                         {Answer::name, key::act_answer},
                                                                         {Rate::name, key::act_rate},
                                                                         {Close::name, key::act_close},
                                                                         {Object::name, key::act_object},
                                                                         {Rule::name, key::act_rule},
                                                                         {Ask::name, key::act_ask},
                                                                         {AskCorrection::name, key::act_ask_correction},
                                                                         {Reply::name, key::act_reply},
                                                                         {Withdraw::name, key::act_withdraw},
                                                                         {Reopen::name, key::act_reopen},
                                                                         {Pause::name, key::act_pause},
                                                                         {Resume::name, key::act_resume},
                                                                         {AskExtension::name, key::act_ask_extension},
                                                                         {Support::name, key::act_support},
                                                                         {ReleaseSupport::name, key::act_release_support},
                                                                         {Contribute::name, key::act_contribute},
                                                                         {Promise::name, key::act_promise},
                                                                         {Fulfil::name, key::act_fulfil},
                                                                         {AskReview::name, key::act_ask_review},
                                                                         {AssignReview::name, key::act_assign_review},
                                                                         {DecideReview::name, key::act_decide_review},
                                                                         {Merge::name, key::act_merge},
                                                                         {SplitBack::name, key::act_split_back},
                                                                         {Split::name, key::act_split},
                                                                         {HandOver::name, key::act_hand_over},
                                                                         {ProveHandOver::name, key::act_prove_hand_over},
                                                                         {ReopenByStaff::name, key::act_reopen_by_staff},
                                                                         {Reveal::name, key::act_reveal},
                                                                         {Lapse::name, key::act_lapse},
                                                                         {RuleProposal::name, key::act_rule_proposal},
                                                                         {TakeBack::name, key::act_take_back},
                                                                         {SetAbout::name, key::act_set_about},
                                                                         {Recuse::name, key::act_recuse},
                                                                         {ChangeHandler::name, key::act_change_handler},
                                                                         {SetUrgent::name, key::act_set_urgent},
                                                                         {Watch::name, key::act_watch},
                                                                         {Recount::name, key::act_recount},
                                                                         {TakeAnswer::name, key::act_take_answer}}};
  return find(words, command);
}

Key word_of_event(std::string_view event) {
  static constexpr std::array<Word, std::variant_size_v<Event>> words{{{Submitted::name, key::event_submitted},
                                                                       {Accepted::name, key::event_accepted},
                                                                       {NotAccepted::name, key::event_not_accepted},
                                                                       {Assigned::name, key::event_assigned},
                                                                       {Started::name, key::event_started},
                                                                       {Noted::name, key::event_noted},
                                                                       {Answered::name, key::event_answered},
                                                                       {Rated::name, key::event_rated},
                                                                       {Returned::name, key::event_returned},
                                                                       {Closed::name, key::event_closed},
                                                                       {Objected::name, key::event_objected},
                                                                       {Ruled::name, key::event_ruled},
                                                                       {Asked::name, key::event_asked},
                                                                       {Replied::name, key::event_replied},
                                                                       {Withdrawn::name, key::event_withdrawn},
                                                                       {Reopened::name, key::event_reopened},
                                                                       {Paused::name, key::event_paused},
                                                                       {Resumed::name, key::event_resumed},
                                                                       {Extended::name, key::event_extended},
                                                                       {Proposed::name, key::event_proposed},
                                                                       {ProposalRefused::name, key::event_proposal_refused},
                                                                       {ProposalTakenBack::name, key::event_proposal_taken_back},
                                                                       {Supported::name, key::event_supported},
                                                                       {SupportReleased::name, key::event_support_released},
                                                                       {Contributed::name, key::event_contributed},
                                                                       {Promised::name, key::event_promised},
                                                                       {Fulfilled::name, key::event_fulfilled},
                                                                       {ReviewAsked::name, key::event_review_asked},
                                                                       {ReviewAssigned::name, key::event_review_assigned},
                                                                       {ReviewDecided::name, key::event_review_decided},
                                                                       {Merged::name, key::event_merged},
                                                                       {SplitBackFrom::name, key::event_split_back},
                                                                       {SplitUp::name, key::event_split},
                                                                       {HandOverBegun::name, key::event_hand_over_begun},
                                                                       {HandOverProved::name, key::event_hand_over_proved},
                                                                       {Revealed::name, key::event_revealed},
                                                                       {AboutSet::name, key::event_about_set},
                                                                       {Recused::name, key::event_recused},
                                                                       {HandlerChanged::name, key::event_handler_changed},
                                                                       {UrgencySet::name, key::event_urgency_set},
                                                                       {Reminded::name, key::event_reminded},
                                                                       {WentOverdue::name, key::event_overdue},
                                                                       {Recounted::name, key::event_recounted},
                                                                       {CorrectionAsked::name, key::event_correction_asked},
                                                                       {Corrected::name, key::event_corrected},
                                                                       {Lapsed::name, key::event_lapsed}}};
  return find(words, event);
}

}  // namespace huiyin::cases
