// Words as people write them: UTF-8 checked once at the door, lengths counted in characters (code points).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace huiyin {

// Well-formed UTF-8 (RFC 3629) without NUL.
bool is_text(std::string_view bytes) noexcept;
std::size_t count_characters(std::string_view text) noexcept;  // of well-formed UTF-8
// The first `count` characters; the whole when it is shorter.
std::string_view first_characters(std::string_view text, std::size_t count) noexcept;
// Without white space (ASCII and U+3000) at both ends.
std::string_view trimmed(std::string_view text) noexcept;
// Of well-formed UTF-8, what may be shown on a terminal whoever wrote it: control characters (C0, C1, DEL) and those that turn
// the direction of writing about are replaced by spaces.
std::string printable(std::string_view text);
// What may stand in an error: printable, cut after 40 characters with an ellipsis; bytes that are no text are named as such.
std::string shortened(std::string_view bytes);

// An address that mail could reach: one @ with something before it and a dot after (RFC 5321 says far more; a mail to it
// decides).
bool looks_like_email(std::string_view text) noexcept;

// Of the 26 Latin letters of ASCII; every other byte stays.
constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// A value that no log, error or stream can print by accident.
template <class T>
class Secret {
 public:
  explicit Secret(T value) : value_(std::move(value)) {}
  [[nodiscard]] const T& reveal() const noexcept { return value_; }

 private:
  T value_;
};

}  // namespace huiyin
