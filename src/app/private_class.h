// The classes of private content, in the order of `sd` in a log entry (log.md). Sealed apart, so that each can be opened, or
// erased, without the others.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace huiyin::app {

enum class PrivateClass : std::uint8_t { words, identity, attachments, staff_words };
inline constexpr std::size_t private_classes = 4;
inline constexpr std::array<std::string_view, private_classes> private_class_names{"words", "identity", "attachments",
                                                                                   "staff_words"};

}  // namespace huiyin::app
