// What happened on a case, each event in a plain sentence with what was said. What is in it was opened for the reader before.
// Pure functions.
#pragma once

#include "app/case/case_desk.h"
#include "pages/html.h"
#include "pages/setting.h"

namespace huiyin::pages {

// Who reads the page: a requester is shown no other person's case and no name of staff.
enum class Reader : std::uint8_t { requester, staff };

// What happened, newest first.
Html story_list(const Setting& here, const app::CaseView& view, Reader reader);
// What happened after `version`: for those whose act came too late.
Html changes_since(const Setting& here, const app::CaseView& view, std::uint64_t version);

// What an answer states: what it comes to, the parts that its kind has under their names, the words.
struct Stated {
  std::optional<cases::Outcome> outcome{};
  const Private<std::vector<cases::PartText>>& parts;
  const Private<std::string>& words;
};
Html answer_html(const Setting& here, const std::optional<CategoryCode>& category, const Stated& stated);
// What is proposed: the deed, to where or by how much, the text, the reason.
Html proposal_html(const Setting& here, const cases::State& state, const cases::Proposed& proposed);
// To whom the identity was opened, and why.
Html revealed_html(const Setting& here, const app::StoryEvent& event, const cases::Revealed& revealed);
// References as links: of staff to the case, of a requester to the way in, filled in as far as may be.
Html case_links(const Setting& here, const std::vector<std::string>& references, Reader reader);

// "30 days".
std::string amount_words(const Setting& here, rules::Count count, int amount);
// The limit's name; of a promise, that word.
std::string clock_name(const Setting& here, const RuleCode& rule);
std::string clock_name(const Setting& here, const rules::Due& due);
// The newest event of one kind; null when there is none.
template <class Event>
const app::StoryEvent* last_event(const app::CaseView& view) {
  const auto found = std::find_if(view.story.rbegin(), view.story.rend(),
                                  [](const auto& one) { return std::holds_alternative<Event>(one.event); });
  return found == view.story.rend() ? nullptr : &*found;
}

}  // namespace huiyin::pages
