// Reads a pack (packs/<name>/, design note "packs"): YAML for people, canonical JSON for the database, one check for both.
// Every fault is named at once, with file and line, what stood there and what was expected.
//
// pack.yaml holds name, title {zh, en}, zone, k (10 unless said), rating_days, rating_source {zh, en}, representatives_max,
// representatives_source {zh, en}, danger {words, numbers}, calendar {file, weekend, known_from, known_until, source}, whose
// `file` is an iCalendar file beside it (app/calendar_reader.h), and `files`: the other files beside it, in order. Each of those
// holds one or more of the lists units, categories, limits, pauses, roads, offices, answers; a list in several files is read as
// one. Fields of the entries: domain/rules/pack.h, by the same names. Pure functions but for read_pack_folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/result.h"
#include "domain/rules/pack.h"

namespace huiyin::app {

inline constexpr std::size_t pack_file_bytes_max = 1U << 20U;
inline constexpr std::size_t pack_files_max = 32;
inline constexpr std::size_t pack_units_max = 2'000;
inline constexpr std::size_t pack_categories_max = 2'000;
inline constexpr std::size_t pack_roads_max = 200;
inline constexpr std::size_t pack_offices_max = 50;
inline constexpr std::size_t pack_tree_depth_max = 3;
inline constexpr std::size_t pack_name_characters_max = 120;
inline constexpr std::size_t pack_help_characters_max = 2'000;
inline constexpr std::size_t pack_source_characters_max = 600;
inline constexpr std::size_t pack_limits_max = 64;  // more than are known, so that each strange one is named
inline constexpr std::size_t pack_pauses_max = 32;
inline constexpr std::size_t pack_answers_max = 20;
inline constexpr std::size_t pack_parts_max = 12;  // of one kind of answer
inline constexpr std::size_t pack_danger_words_max = 500;
inline constexpr std::size_t pack_danger_word_characters_max = 40;
inline constexpr std::size_t pack_danger_numbers_max = 10;
inline constexpr std::int64_t pack_representatives_max = 20;
inline constexpr std::int64_t pack_cell_min = 3, pack_cell_max = 1'000;  // records; two know of each other what is said of both
inline constexpr std::int64_t pack_days_max = 3'660;  // ten years
inline constexpr std::int64_t pack_working_days_max = 366;
inline constexpr std::int64_t pack_hours_max = 8'784;  // 366 days
inline constexpr std::size_t calendar_events_max = 2'000;
inline constexpr int calendar_span_days_max = 62;  // of one holiday

// One wrong place in a pack: file, line, what stood there, what was expected.
struct PackFault {
  std::string file;  // beside pack.yaml
  int line = 0;  // from 1; 0: the file as a whole
  std::string where;  // the field, such as units[3].parent; empty: the file as a whole
  std::string got;  // shortened; empty when nothing stood there
  Message expected;
};

struct PackReading {
  std::vector<PackFault> faults;  // by file and line
  std::string json;  // canonical (base/canonical_json.h); its SHA-256 is Pack::hash. Empty when there are faults
};

// The files of a pack by name, "pack.yaml" among them.
using PackFiles = std::map<std::string, std::string, std::less<>>;

PackReading read_pack_files(const PackFiles& files);
PackReading read_pack_folder(const std::filesystem::path& folder);

// What the database keeps, checked again: `invalid` with the fields that are wrong. Equal content gives an equal hash, however
// the JSON was written.
Result<rules::Pack> pack_from_json(std::string_view json);

// Of a pack that is kept because entries of the log name it, perhaps in the form of an older program: what an entry shows of it,
// its time zone and the trees of its units and categories; nothing else is read. It was checked when it was put.
Result<rules::Pack> pack_outline_from_json(std::string_view json);

// "units.yaml:12 units[3].parent: found ..., expected ..."
std::string say(const PackFault& fault, Language language);

}  // namespace huiyin::app
