#include "app/danger_check.h"

#include <set>

#include "app/pack_fields.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
using namespace pack_fields;

constexpr TextLimits word_limits{2, pack_danger_word_characters_max};
constexpr TextLimits number_limits{3, 20};

// Words are compared without regard to case, so two that differ in nothing else are one.
std::string without_case(std::string_view word) {
  std::string out(word);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

void read_word(FieldReader& reader, const std::string& where, const json::value& value, rules::Danger& danger,
               std::set<std::string>& seen) {
  const auto* text = value.if_string();
  const std::string_view whole = text == nullptr ? std::string_view() : std::string_view(*text);
  const auto word = is_text(whole) ? trimmed(whole) : std::string_view();
  const auto length = count_characters(word);
  if (length < word_limits.characters_min || length > word_limits.characters_max) {
    reader.refuse(
        where, shown(value),
        {key::pack_danger_word,
         {{"min", fmt::format("{}", word_limits.characters_min)}, {"max", fmt::format("{}", word_limits.characters_max)}}});
  } else if (!seen.insert(without_case(word)).second) {
    reader.refuse(where, shown(value), {key::pack_danger_word_once});
  } else {
    danger.words.emplace_back(word);
  }
}

void read_words(FieldReader& reader, rules::Danger& danger) {
  const auto* list = reader.array("words", {0, pack_danger_words_max});
  if (list == nullptr) return;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list->size(); ++i) read_word(reader, fmt::format("words[{}]", i), (*list)[i], danger, seen);
}

void read_numbers(FieldReader& reader, rules::Danger& danger) {
  std::set<std::string> seen;
  for (auto* row : reader.objects("numbers", {0, pack_danger_numbers_max})) {
    rules::EmergencyNumber number;
    number.number = row->required_text("number", number_limits);
    const bool fits = is_phone_number(number.number);
    if (!fits) row->refuse("number", shortened(number.number), {key::pack_phone_number});
    if (fits && !number.number.empty() && !seen.insert(number.number).second)
      row->refuse("number", number.number, {key::pack_phone_number_once});
    number.name = local_text(*row, "name", name_limits, true);
    danger.numbers.push_back(std::move(number));
  }
}

}  // namespace

void check_danger(FieldReader& reader, rules::Danger& danger) {
  const auto* found = reader.raw("danger");
  auto* inner = reader.object("danger");
  if (inner == nullptr || !found->is_object()) return;
  read_words(*inner, danger);
  read_numbers(*inner, danger);
  const auto* numbers = inner->raw("numbers");
  const auto* list = numbers == nullptr ? nullptr : numbers->if_array();
  const bool none = numbers == nullptr || (list != nullptr && list->empty());
  if (!danger.words.empty() && none) inner->refuse("numbers", "", {key::pack_danger_numbers});
}

json::object danger_json(const rules::Danger& danger) {
  json::array words, numbers;
  for (const auto& word : danger.words) words.emplace_back(word);
  for (const auto& number : danger.numbers)
    numbers.push_back(json::object{{"number", number.number}, {"name", json_of(number.name)}});
  return {{"words", std::move(words)}, {"numbers", std::move(numbers)}};
}

}  // namespace huiyin::app
