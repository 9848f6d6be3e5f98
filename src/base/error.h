// What went wrong, for a person (message), for the field they filled (fields), and for the operator's log only (detail).
// The caller or the world is at fault; where we are at fault, HUIYIN_ASSERT.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huiyin {

// A key of the message catalogues in texts/. Made only by the generated header "texts/keys.h", so that a missing text fails
// the build.
struct Key {
  std::string_view name;
  friend bool operator==(const Key&, const Key&) = default;
};

struct Argument {
  Argument(std::string argument, std::string text) : name(std::move(argument)), value(std::move(text)) {}
  Argument(std::string argument, Key word) : name(std::move(argument)), key(word) {}
  std::string name;
  std::string value{};  // the same in every language: a number, a date, a code
  Key key{};            // or a word of the catalogues
  friend bool operator==(const Argument&, const Argument&) = default;
};

// A sentence not yet in any language: stays a key with arguments until it reaches a page, a letter or an answer.
struct Message {
  Key key;
  std::vector<Argument> arguments{};
};

// One wrong input: which field (a path such as "place.lat"), what came (shortened, never a secret), what was expected.
struct FieldError {
  std::string field;
  std::string got;
  Message expected;
};

enum class Code : std::uint8_t {
  invalid,          // the input is wrong; `fields` says where
  unauthenticated,  // nobody proved who they are
  forbidden,        // known, but may not
  not_found,
  conflict,         // the record moved on, or its phase does not allow it
  too_large,
  overloaded,       // try again later
  unavailable,      // we refuse to serve or write until something is mended
  internal,
};

std::string_view name_of(Code code) noexcept;

struct Error {
  Code code{};
  Message message;
  std::vector<FieldError> fields{};
  std::string detail{};  // for the operator's log; never sent to a client, never personal data
};

// The error of a request with these wrong fields; with this one.
Error invalid_fields(std::vector<FieldError> fields);
Error invalid_field(std::string_view field, std::string_view got, Message expected);

}  // namespace huiyin
