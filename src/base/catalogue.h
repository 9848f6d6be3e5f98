// The words of the screens, answers and letters, in each language, from texts/<language>/*.txt, embedded at build. A key that
// one language lacks fails the build. Thread rule: immutable after start, shared freely.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace huiyin {

enum class Language : std::uint8_t { zh, en };

std::string_view tag_of(Language language) noexcept;  // BCP 47: "zh-CN", "en"
std::string_view slug_of(Language language) noexcept;  // as in addresses: "zh", "en"
std::optional<Language> language_from_slug(std::string_view slug) noexcept;
// The best of an Accept-Language header (RFC 9110 section 12.5.4); `otherwise` when it names none of ours.
Language language_from_header(std::string_view accept_language, Language otherwise);

// The sentence in that language with its {name} arguments filled in. Plain text, not HTML.
std::string say(const Message& message, Language language);
std::string say(Key key, Language language);

}  // namespace huiyin
