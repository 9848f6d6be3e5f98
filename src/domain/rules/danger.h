// Words that tell of danger to life.
#pragma once

#include <string_view>

#include "domain/rules/pack.h"

namespace huiyin::rules {

// Whether the text has one of the pack's words in it. Latin words count as whole words, whatever their case ("gas leak", not
// "gas leakproof"); others wherever they stand. What is meant as a figure of speech is not told apart: the dispatcher takes a
// false alarm back.
bool tells_of_danger(const Danger& danger, std::string_view text);

}  // namespace huiyin::rules
