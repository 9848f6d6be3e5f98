// The pieces of a case that requesters and staff see alike: the line from received to solved, the clocks, the words; what
// happened stands in case_story.h. What is in them was opened for the reader before. Pure functions.
#pragma once

#include "app/case/case_desk.h"
#include "pages/case_story.h"
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
// Each limit with its day, how it stands, and on a click why it ends that day; and until when somebody may object, ask for a
// review, reopen.
Html limits_section(const Setting& here, const cases::State& state, Reader reader);
inline constexpr const char* limits_place = "limits";  // its id: where a day that stands elsewhere leads
Html why_this_day(const Setting& here, const rules::LegalClock& clock);
// The words, the place, the category, how it came.
Html words_of_case(const Setting& here, const app::CaseView& view);
// Who it is and how to reach them, who else, for whom: for the requester, and for those it was opened to.
Html identity_html(const Setting& here, const cases::Submitted& submitted);
// Whom to call at once; empty where the pack names no number. The heading asks or says that there is danger;
// `call` leads to the numbers.
Html danger_html(const Setting& here, Key heading, Key call);
std::string title_of_case(const Setting& here, const app::CaseView& view);

}  // namespace huiyin::pages
