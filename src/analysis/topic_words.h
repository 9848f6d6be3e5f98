// What of a case's own words may stand in the name of a topic that everybody reads.
#pragma once

#include <string>
#include <string_view>

namespace huiyin::analysis {

// Takes out e-mail addresses, long runs of digits (telephones, identity cards, accounts) and names that somebody gives as their
// own (我叫...). The personal data finder does it more finely; this leaves out rather more than less.
std::string fit_for_everybody(std::string_view text);

}  // namespace huiyin::analysis
