// What a case is told in: phases, channels, ways to judge, and the limits on what is written.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/names.h"

namespace huiyin::cases {

inline constexpr std::size_t subject_characters_max = 100;
inline constexpr std::size_t title_characters_max = 60;  // of the words, shown where no subject was given
inline constexpr std::size_t body_characters_max = 20'000;
inline constexpr std::size_t answer_characters_max = 20'000;
inline constexpr std::size_t note_characters_max = 5'000;
inline constexpr std::size_t rating_characters_max = 2'000;
inline constexpr std::size_t address_characters_max = 300;
inline constexpr std::size_t contact_characters_max = 200;

enum class Phase : std::uint8_t {
  none,          // not filed yet: the state before the first event
  received,      // filed; the limit to accept it runs
  not_accepted,  // an end: the matter is another body's, and the lawful road there is named
  accepted,      // taken on; the limit to finish it runs; no unit yet
  assigned,      // a unit is in charge, no officer of it has taken it up
  in_work,       // an officer has; again after "not solved"
  answered,      // the requester may judge the answer
  rated,         // judged solved, not closed yet
  closed,        // an end, until it is reopened: judged solved, or not judged in time
  withdrawn,     // an end: the requester took it back
};
enum class Channel : std::uint8_t { web, api, email, phone, letter, visit, field, import };
enum class Satisfaction : std::uint8_t { satisfied, basically_satisfied, not_satisfied };
enum class ContactWay : std::uint8_t { phone, email };

// Where it is. Coordinates are WGS 84.
struct Place {
  std::optional<std::string> address;
  std::optional<std::int32_t> latitude_microdegrees;
  std::optional<std::int32_t> longitude_microdegrees;
  friend bool operator==(const Place&, const Place&) = default;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("address", self.address);
    fields.part("latitude_microdegrees", self.latitude_microdegrees);
    fields.part("longitude_microdegrees", self.longitude_microdegrees);
  }
};

// How to reach the requester, if they want to be reached.
struct Contact {
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::string> email;
  friend bool operator==(const Contact&, const Contact&) = default;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("name", self.name);
    fields.part("phone", self.phone);
    fields.part("email", self.email);
  }
};

}  // namespace huiyin::cases

namespace huiyin {
template <>
struct Names<cases::Phase> {
  static constexpr std::array<std::string_view, 10> values{"none",    "received", "not_accepted", "accepted", "assigned",
                                                           "in_work", "answered", "rated",        "closed",   "withdrawn"};
};
template <>
struct Names<cases::Channel> {
  static constexpr std::array<std::string_view, 8> values{"web", "api", "email", "phone", "letter", "visit", "field", "import"};
};
template <>
struct Names<cases::Satisfaction> {
  static constexpr std::array<std::string_view, 3> values{"satisfied", "basically_satisfied", "not_satisfied"};
};
template <>
struct Names<cases::ContactWay> {
  static constexpr std::array<std::string_view, 2> values{"phone", "email"};
};
}  // namespace huiyin
