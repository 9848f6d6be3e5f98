// Pack: a jurisdiction as data. Categories, units, limits and lawful roads, read once (app/pack_reader.h), then immutable and
// shared freely between threads. Nothing local is written into code: it stands here, with its source.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/crypto.h"
#include "base/id.h"

namespace huiyin::rules {

// A text of the pack in both languages.
struct LocalText {
  std::string zh;
  std::string en;
  [[nodiscard]] const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
};

// How much of a case of this category the public may read (log.md).
enum class Publication : std::uint8_t { open, facts, sealed };

struct Unit {
  UnitCode code;
  std::optional<UnitCode> parent;
  LocalText name;
};

struct Category {
  CategoryCode code;
  std::optional<CategoryCode> parent;  // null: an area
  LocalText name;
  LocalText help;                // what belongs here, in everyday words; may be empty
  std::optional<UnitCode> unit;  // the unit usually in charge; null: as the parent, or decided by the dispatcher
  Publication publication = Publication::facts;
};

// From when a limit counts.
enum class StartsAt : std::uint8_t { received, accepted };

// A statutory limit. Day 1 is the day after the start; the limit ends with the last moment of its last day, local time.
struct Limit {
  RuleCode code;
  LocalText name;
  StartsAt starts_at{};
  int calendar_days = 0;
  LocalText source;  // the article of law
};

// The codes of the limits this program keeps; a pack has exactly these (app/pack_check.cpp refuses another).
inline const RuleCode accept_limit{"accept"};  // received: to be accepted, or not, by then
inline const RuleCode finish_limit{"finish"};  // accepted: to be answered by then

// A lawful road for a matter that is not this body's: court, arbitration, another body.
struct Road {
  RoadCode code;
  LocalText name;
  LocalText help;  // how to take it
  LocalText source;
};

struct Pack {
  std::string name;
  LocalText title;       // of the body's service
  std::string zone;      // IANA time zone
  crypto::Hash hash{};   // SHA-256 of its canonical JSON; stands in every log entry
  std::vector<Unit> units;
  std::vector<Category> categories;
  std::vector<Limit> limits;
  std::vector<Road> roads;
  int rating_days = 0;  // how long a person has to judge an answer before staff may close without a rating

  [[nodiscard]] const Unit* find_unit(const UnitCode& code) const;
  [[nodiscard]] const Category* find_category(const CategoryCode& code) const;
  [[nodiscard]] const Limit* find_limit(const RuleCode& code) const;
  [[nodiscard]] const Road* find_road(const RoadCode& code) const;
  // The top of the tree above it; the code itself when it is at the top. The code must be one of the pack's.
  [[nodiscard]] const UnitCode& top_of(const UnitCode& code) const;
  [[nodiscard]] const CategoryCode& top_of(const CategoryCode& code) const;
  // The unit usually in charge of a category: its own or the nearest above.
  [[nodiscard]] std::optional<UnitCode> unit_for(const CategoryCode& code) const;
};

}  // namespace huiyin::rules
