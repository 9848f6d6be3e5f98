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
      key::phase_none,    key::phase_received, key::phase_not_accepted, key::phase_accepted, key::phase_assigned,
      key::phase_in_work, key::phase_answered, key::phase_rated,        key::phase_closed,   key::phase_withdrawn};
  return words[static_cast<std::size_t>(phase)];
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
                                                                         {Reply::name, key::act_reply},
                                                                         {Withdraw::name, key::act_withdraw},
                                                                         {Reopen::name, key::act_reopen},
                                                                         {Pause::name, key::act_pause},
                                                                         {Resume::name, key::act_resume},
                                                                         {AskExtension::name, key::act_ask_extension},
                                                                         {RuleExtension::name, key::act_rule_extension}}};
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
                                                                       {ExtensionAsked::name, key::event_extension_asked},
                                                                       {Extended::name, key::event_extended},
                                                                       {ExtensionRefused::name, key::event_extension_refused}}};
  return find(words, event);
}

}  // namespace huiyin::cases
