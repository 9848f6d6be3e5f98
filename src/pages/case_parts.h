// The pieces of a case that requesters and staff see alike: the line from received to solved, the clocks, the story. What is in
// them was opened for the reader before. Pure functions.
#pragma once

#include "app/case/case_desk.h"
#include "pages/html.h"
#include "pages/setting.h"

namespace huiyin::pages {

// Solved is what the requester said, never what staff did.
bool is_solved(const app::CaseView& view);
bool came_back(const app::CaseView& view);  // the last word on it was "not solved"

// Where it stands, in one or two words with a shape: "answered", "solved".
Html phase_mark(const Setting& here, cases::Phase phase, bool returned);

// The drawn line: received, accepted, in work, answered, solved; each with its day, or the day by which.
Html way_line(const Setting& here, const app::CaseView& view);
// Each limit with its day, how it stands, and on a click why it ends that day.
Html clock_list(const Setting& here, const cases::State& state);
Html why_this_day(const Setting& here, const rules::LegalClock& clock);
// What happened, newest first.
Html story_list(const Setting& here, const app::CaseView& view);
// What happened after `version`: for those whose act came too late.
Html changes_since(const Setting& here, const app::CaseView& view, std::uint64_t version);
// The words, the place, the category, how it came.
Html words_of_case(const Setting& here, const app::CaseView& view);
// "30 days", in what the limit of that rule counts.
std::string amount_words(const Setting& here, const RuleCode& rule, int amount);
std::string title_of_case(const Setting& here, const app::CaseView& view);

}  // namespace huiyin::pages
