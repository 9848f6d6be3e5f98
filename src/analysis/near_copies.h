// Near copies: messages whose words are nearly the same. They must not stand on both sides of a held-out split, or a model is
// praised for what it has learnt by heart. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/letters.h"

namespace huiyin::analysis {

// A sketch of a text (MinHash of its runs of eight tokens: Broder, On the Resemblance and Containment of Documents, 1997). The
// share of places in which two sketches agree tells the share of runs that two texts have in common.
inline constexpr std::size_t sketch_places = 8;
using Sketch = std::array<std::uint32_t, sketch_places>;

Sketch sketch_of(std::span<const Token> tokens);

// A group for each sketch, the same number for all that agree in half of their places, directly or over others.
std::vector<std::uint32_t> groups_of(std::span<const Sketch> sketches);

}  // namespace huiyin::analysis
