// What each finding about a receipt says to people: the same sentences on the command line and in the browser. Pure functions.
#pragma once

#include <string_view>

#include "base/error.h"
#include "log/receipt_check.h"

namespace huiyin::app {

Key words_of(log::Verdict verdict) noexcept;
// Of a piece of the proof, one that is missing, or something wrong.
Key words_of(log::Weight weight) noexcept;

// What the sentences speak of, as texts.
struct FindingWords {
  std::string index, size, origin;
  std::string witnesses;  // those that vouch, each with its time
};
Message words_of(log::Finding finding, const FindingWords& words);

}  // namespace huiyin::app
