#include "app/pack_diff.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "app/pack_reader.h"
#include "base/assert.h"
#include "base/catalogue.h"
#include "base/json.h"
#include "base/text.h"
#include "domain/rules/explanation.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
using rules::LocalText;

constexpr std::size_t shown_whole_max = 80;  // characters; what is longer is said to be worded differently

// ---- Words of both languages at once
LocalText both(const Message& message) { return {say(message, Language::zh), say(message, Language::en)}; }
LocalText both(Key key) { return both(Message{key}); }

using Arguments = std::vector<std::pair<std::string, LocalText>>;

LocalText told(Key key, const Arguments& arguments) {
  Message zh{key}, en{key};
  for (const auto& [name, text] : arguments) {
    zh.arguments.emplace_back(name, text.zh);
    en.arguments.emplace_back(name, text.en);
  }
  return {say(zh, Language::zh), say(en, Language::en)};
}

LocalText same(std::string_view text) { return {std::string(text), std::string(text)}; }

// ---- What the fields are called
struct FieldWord {
  std::string_view field;
  Key word;
};
constexpr std::array field_words{FieldWord{"name", key::pack_field_name},
                                 FieldWord{"title", key::pack_field_title},
                                 FieldWord{"zone", key::pack_field_zone},
                                 FieldWord{"rating_days", key::pack_field_rating_days},
                                 FieldWord{"k", key::pack_field_k},
                                 FieldWord{"rating_source", key::pack_field_rating_source},
                                 FieldWord{"representatives_max", key::pack_field_representatives_max},
                                 FieldWord{"representatives_source", key::pack_field_representatives_source},
                                 FieldWord{"parent", key::pack_field_parent},
                                 FieldWord{"help", key::pack_field_help},
                                 FieldWord{"unit", key::pack_field_unit},
                                 FieldWord{"publication", key::pack_field_publication},
                                 FieldWord{"answer", key::pack_field_answer},
                                 FieldWord{"source", key::pack_field_source},
                                 FieldWord{"article", key::pack_field_article},
                                 FieldWord{"rule", key::pack_field_rule},
                                 FieldWord{"categories", key::pack_field_categories},
                                 FieldWord{"starts_at", key::pack_field_starts_at},
                                 FieldWord{"remind_before", key::pack_field_remind_before},
                                 FieldWord{"ends_on_workday", key::pack_field_ends_on_workday},
                                 FieldWord{"extension", key::pack_field_extension},
                                 FieldWord{"stopped_by", key::pack_field_stopped_by},
                                 FieldWord{"parts", key::pack_field_parts},
                                 FieldWord{"states_outcome", key::pack_field_states_outcome},
                                 FieldWord{"signed_off", key::pack_field_signed_off},
                                 FieldWord{"reviewable", key::pack_field_reviewable},
                                 FieldWord{"known_from", key::pack_field_known_from},
                                 FieldWord{"known_until", key::pack_field_known_until},
                                 FieldWord{"weekend", key::pack_field_weekend},
                                 FieldWord{"last", key::pack_field_last},
                                 FieldWord{"works", key::pack_field_works},
                                 FieldWord{"address", key::pack_field_address},
                                 FieldWord{"phone", key::pack_field_phone},
                                 FieldWord{"email", key::pack_field_email},
                                 FieldWord{"hours", key::pack_field_hours}};

LocalText word_of(std::string_view field) {
  const auto* found = std::ranges::find(field_words, field, &FieldWord::field);
  return found == field_words.end() ? same(field) : both(found->word);
}

// ---- What the values are
LocalText words_of(const json::value* value);

LocalText words_of(const json::array& list) {
  if (list.empty()) return both(key::pack_nothing);
  LocalText out;
  for (const auto& entry : list) {
    const auto one = words_of(&entry);
    out = out.en.empty() ? one : told(key::pack_list, {{"before", out}, {"next", one}});
  }
  return out;
}

LocalText words_of(const json::object& object) {
  if (object.contains("zh")) return {std::string(object.at("zh").get_string()), std::string(object.at("en").get_string())};
  for (const auto* field : {"name", "amount_max"}) {
    if (const auto* value = object.if_contains(field)) return words_of(value);
  }
  return same(json_text(object));
}

LocalText words_of(const json::value* value) {
  if (value == nullptr) return both(key::pack_nothing);
  if (const auto* list = value->if_array()) return words_of(*list);
  if (const auto* object = value->if_object()) return words_of(*object);
  if (const auto* yes = value->if_bool()) return both(*yes ? key::pack_yes : key::pack_no);
  return value->is_string() ? same(value->get_string()) : same(json_text(*value));
}

// What was and what is are shown only where they are short, and differ in each language.
bool is_long(const LocalText& text) {
  return count_characters(text.zh) > shown_whole_max || count_characters(text.en) > shown_whole_max;
}
bool is_shown(const LocalText& before, const LocalText& after) {
  return before.zh != after.zh && before.en != after.en && !is_long(before) && !is_long(after);
}

// An entry of a list; what it is called, by which field it is known again.
struct List {
  std::string_view name, id;
  Key word;
};
constexpr std::array lists{List{"units", "code", key::pack_word_unit},     List{"categories", "code", key::pack_word_category},
                           List{"limits", "code", key::pack_word_limit},   List{"pauses", "code", key::pack_word_pause},
                           List{"answers", "code", key::pack_word_answer}, List{"roads", "code", key::pack_word_road},
                           List{"offices", "code", key::pack_word_office}};
constexpr List days{"days", "first", key::pack_word_day};
constexpr List numbers{"numbers", "number", key::pack_word_number};

const json::object* find_entry(const json::array& list, std::string_view id, const json::value& wanted) {
  const auto is_it = [&](const json::value& entry) { return entry.get_object().at(id) == wanted; };
  const auto found = std::ranges::find_if(list, is_it);
  return found == list.end() ? nullptr : &found->get_object();
}

const json::array& list_of(const json::object& object, std::string_view name) {
  static const json::array none;
  const auto* found = object.if_contains(name);
  return found == nullptr ? none : found->get_array();
}

const json::object& part_of(const json::object& pack, std::string_view name) {
  static const json::object none;
  const auto* found = pack.if_contains(name);
  return found == nullptr ? none : found->get_object();
}

std::vector<std::string> fields_of(const json::object& before, const json::object& after) {
  std::vector<std::string> fields;
  for (const auto* object : {&before, &after}) {
    for (const auto& member : *object) {
      if (std::ranges::find(fields, member.key()) == fields.end()) fields.emplace_back(member.key());
    }
  }
  return fields;
}

class Comparison {
 public:
  Comparison(const json::object& before, const json::object& after) : before_(before), after_(after) {}

  PackDiff run() && {
    compare_settings(before_, after_);
    for (const auto& list : lists) compare_lists(list, list_of(before_, list.name), list_of(after_, list.name));
    const auto &old_calendar = part_of(before_, "calendar"), &new_calendar = part_of(after_, "calendar");
    const auto known = diff_.changes.size();
    compare_settings(old_calendar, new_calendar);
    compare_lists(days, list_of(old_calendar, "days"), list_of(new_calendar, "days"));
    if (diff_.changes.size() > known) diff_.meaning.push_back(both(key::pack_means_calendar));
    compare_danger(part_of(before_, "danger"), part_of(after_, "danger"));
    return std::move(diff_);
  }

 private:
  void means_later(const Arguments& limit) {
    auto words = told(key::pack_means_later, {{"name", limit[1].second}});
    if (std::ranges::find(diff_.meaning, words) == diff_.meaning.end()) diff_.meaning.push_back(std::move(words));
  }
  void add(Key key, const Arguments& arguments) { diff_.changes.push_back(told(key, arguments)); }

  // Whatever stands in them but lists of entries, which are compared apart.
  void compare_settings(const json::object& before, const json::object& after) {
    for (const auto& field : fields_of(before, after)) {
      const bool apart = std::ranges::find(lists, field, &List::name) != lists.end() || field == days.name ||
                         field == "calendar" || field == "danger";
      const auto *was = before.if_contains(field), *is = after.if_contains(field);
      if (apart || (was != nullptr && is != nullptr && *was == *is)) continue;
      const auto old_words = words_of(was), new_words = words_of(is);
      if (is_shown(old_words, new_words)) {
        add(key::pack_setting_changed, {{"field", word_of(field)}, {"before", old_words}, {"after", new_words}});
      } else {
        add(key::pack_setting_reworded, {{"field", word_of(field)}});
      }
    }
  }

  void compare_lists(const List& list, const json::array& before, const json::array& after) {
    const auto entry = [&](const json::object& row) {
      return Arguments{
          {"what", both(list.word)}, {"name", words_of(row.if_contains("name"))}, {"code", words_of(&row.at(list.id))}};
    };
    bool all_there = before.size() == after.size();
    for (const auto& row : before) {
      const auto& old_row = row.get_object();
      if (const auto* new_row = find_entry(after, list.id, old_row.at(list.id))) {
        compare_rows(list, old_row, *new_row, entry(old_row));
        continue;
      }
      all_there = false;
      add(key::pack_gone, entry(old_row));
      if (list.name == "limits") means_later(entry(old_row));
      const std::string code(old_row.at(list.id).get_string());
      if (list.name == "units") diff_.units_gone.push_back({code});
      if (list.name == "categories") diff_.categories_gone.push_back({code});
    }
    for (const auto& row : after) {
      if (find_entry(before, list.id, row.get_object().at(list.id)) != nullptr) continue;
      add(key::pack_new, entry(row.get_object()));
      if (list.name == "limits") means_later(entry(row.get_object()));
    }
    const auto stands_alike = [&](const json::value& one, const json::value& other) {
      return one.get_object().at(list.id) == other.get_object().at(list.id);
    };
    if (all_there && !std::ranges::equal(before, after, stands_alike)) add(key::pack_order, {{"what", both(list.word)}});
  }

  void compare_rows(const List& list, const json::object& before, const json::object& after, const Arguments& entry) {
    if (list.name == "limits") compare_terms(before, after, entry);
    for (const auto& field : fields_of(before, after)) {
      if (list.name == "limits" && (field == "count" || field == "amount")) continue;
      const auto *was = before.if_contains(field), *is = after.if_contains(field);
      if (was != nullptr && is != nullptr && *was == *is) continue;
      const auto old_words = words_of(was), new_words = words_of(is);
      auto arguments = entry;
      arguments.emplace_back("field", word_of(field));
      if (is_shown(old_words, new_words)) {
        arguments.emplace_back("before", old_words);
        arguments.emplace_back("after", new_words);
        add(key::pack_changed, arguments);
      } else {
        add(key::pack_reworded, arguments);
      }
      if (list.name == "limits" && (field == "categories" || field == "rule" || field == "remind_before")) means_later(entry);
      if (list.name == "limits" && (field == "extension" || field == "stopped_by"))
        diff_.meaning.push_back(told(key::pack_means_at_once, {{"name", entry[1].second}, {"field", word_of(field)}}));
    }
  }

  void compare_terms(const json::object& before, const json::object& after, const Arguments& entry) {
    const auto length = [](const json::object& limit) {
      const auto count = from_name<rules::Count>(std::string_view(limit.at("count").get_string()));
      return both(rules::amount_of(count.value(), limit.at("amount").to_number<int>()));
    };
    const auto old_length = length(before), new_length = length(after);
    if (old_length != new_length) {
      auto arguments = entry;
      arguments.emplace_back("field", both(key::pack_field_length));
      arguments.emplace_back("before", old_length);
      arguments.emplace_back("after", new_length);
      add(key::pack_changed, arguments);
      diff_.meaning.push_back(
          told(key::pack_means_clocks, {{"name", entry[1].second}, {"before", old_length}, {"after", new_length}}));
    }
    if (before.contains("ends_on_workday") != after.contains("ends_on_workday"))
      diff_.meaning.push_back(told(key::pack_means_workday, {{"name", entry[1].second}}));
  }

  void compare_danger(const json::object& before, const json::object& after) {
    const auto &old_words = list_of(before, "words"), &new_words = list_of(after, "words");
    const auto missing_in = [](const json::array& words, const json::array& others) {
      json::array missing;
      for (const auto& word : words) {
        if (std::ranges::find(others, word) == others.end()) missing.push_back(word);
      }
      return missing;
    };
    const auto gone = missing_in(old_words, new_words), fresh = missing_in(new_words, old_words);
    if (!gone.empty()) add(key::pack_words_gone, {{"words", words_of(gone)}});
    if (!fresh.empty()) add(key::pack_words_new, {{"words", words_of(fresh)}});
    if (gone.empty() && fresh.empty() && old_words != new_words) add(key::pack_order, {{"what", both(key::pack_word_danger)}});
    compare_lists(numbers, list_of(before, numbers.name), list_of(after, numbers.name));
  }

  const json::object& before_;
  const json::object& after_;
  PackDiff diff_;
};

template <class Row>
auto codes_missing_in(const std::vector<Row>& rows, const std::vector<Row>& others) {
  std::vector<decltype(Row::code)> missing;
  for (const auto& row : rows) {
    if (std::ranges::find(others, row.code, &Row::code) == others.end()) missing.push_back(row.code);
  }
  return missing;
}

PackDiff compare_outlines(std::string_view before, std::string_view after) {
  const auto one = pack_outline_from_json(before), other = pack_outline_from_json(after);
  HUIYIN_ASSERT(one.ok() && other.ok());
  PackDiff diff;
  diff.changes.push_back(both(key::pack_of_old_form));
  diff.units_gone = codes_missing_in(one->units, other->units);
  diff.categories_gone = codes_missing_in(one->categories, other->categories);
  return diff;
}

}  // namespace

PackDiff compare_packs(std::string_view before, std::string_view after) {
  if (!pack_from_json(before).ok()) return compare_outlines(before, after);
  auto one = parse_json(before), other = parse_json(after);
  HUIYIN_ASSERT(one.ok() && other.ok() && one->is_object() && other->is_object());
  for (auto* pack : {&*one, &*other}) pack->get_object().emplace("k", rules::cell_records_usual);  // where it is left out
  auto diff = Comparison(one->get_object(), other->get_object()).run();
  HUIYIN_ASSERT(diff.changes.empty() == (before == after));
  return diff;
}

}  // namespace huiyin::app
