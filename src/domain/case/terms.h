// What a case is told in: phases, channels, ways to judge, and the limits on what is written.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
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
inline constexpr std::size_t answer_part_characters_max = 10'000;
inline constexpr int people_max = 1'000'000;  // who may write together
inline constexpr std::size_t supports_max = 10;  // supporting units of one case
inline constexpr std::size_t split_cases_min = 2;
inline constexpr std::size_t split_cases_max = 10;
inline constexpr int promise_days_max = 730;
inline constexpr std::size_t promises_max = 20;

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
  in_review,     // the answer is looked at again by others (复查, 复核)
  merged,        // its answer comes with that of another case, which it was merged into; its limits run on
  handing_over,  // given to another body; its limits run until that body's receipt is there
  handed_over,   // an end: another body has it, and proof of that is on record
  split,         // an end: it lives on as the cases it was split into
  lapsed,        // an end: asked for a correction, the requester sent none in time (视为放弃)
};
enum class Channel : std::uint8_t { web, api, email, phone, letter, visit, field, import };
enum class Satisfaction : std::uint8_t { satisfied, basically_satisfied, not_satisfied };
enum class ContactWay : std::uint8_t { phone, email };

// What an answer comes to (信访工作条例 art. 32).
enum class Outcome : std::uint8_t { supported, explained, not_supported };
// 复查 (art. 35), 复核 (art. 36).
enum class ReviewLevel : std::uint8_t { review, rereview };
enum class ReviewOutcome : std::uint8_t {
  upheld,     // the answer stands
  revised,    // this opinion takes its place
  set_aside,  // the unit has to deal with the matter anew
};
// What nobody does alone: one proposes it, another rules on it.
enum class Deed : std::uint8_t {
  not_accept,
  extension,  // more time for the answer
  answer,     // where the kind of answer has to be signed
  hand_over,
  merge,
  reopen,  // by staff
  reveal,  // the identity, to the one who asks
  lapse,   // given up, no correction having come
};

// One part of an answer.
struct PartText {
  PartCode code;
  std::string words;
  friend bool operator==(const PartText&, const PartText&) = default;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("code", self.code);
    fields.part("words", self.words);
  }
};

// For whom somebody else writes.
struct OnBehalf {
  std::string name;
  std::optional<std::string> relation;
  friend bool operator==(const OnBehalf&, const OnBehalf&) = default;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("name", self.name);
    fields.part("relation", self.relation);
  }
};

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

// Who had to do with an answer, here or in the case it came from; so not with its review (信访工作条例 art. 35, 36).
struct TookPart {
  std::vector<UserId> people{};
  std::vector<UnitCode> units{};
  [[nodiscard]] bool nobody() const { return people.empty() && units.empty(); }
  friend bool operator==(const TookPart&, const TookPart&) = default;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("people", self.people);
    fields.part("units", self.units);
  }
};

}  // namespace huiyin::cases

namespace huiyin {
template <>
struct Names<cases::Phase> {
  static constexpr std::array<std::string_view, 16> values{
      "none",   "received",  "not_accepted", "accepted", "assigned",     "in_work",     "answered", "rated",
      "closed", "withdrawn", "in_review",    "merged",   "handing_over", "handed_over", "split",    "lapsed"};
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
struct Names<cases::Outcome> {
  static constexpr std::array<std::string_view, 3> values{"supported", "explained", "not_supported"};
};
template <>
struct Names<cases::ReviewLevel> {
  static constexpr std::array<std::string_view, 2> values{"review", "rereview"};
};
template <>
struct Names<cases::ReviewOutcome> {
  static constexpr std::array<std::string_view, 3> values{"upheld", "revised", "set_aside"};
};
template <>
struct Names<cases::Deed> {
  static constexpr std::array<std::string_view, 8> values{"not_accept", "extension", "answer", "hand_over",
                                                          "merge",      "reopen",    "reveal", "lapse"};
};
template <>
struct Names<cases::ContactWay> {
  static constexpr std::array<std::string_view, 2> values{"phone", "email"};
};
}  // namespace huiyin
