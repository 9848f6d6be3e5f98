#include "app/limit_check.h"

#include <map>
#include <utility>

#include "app/pack_fields.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
using namespace pack_fields;
using rules::Count;

// Of an amount in what it counts. The days of a working limit and their holidays stand in the event that starts the clock.
std::int64_t amount_max(Count count) {
  switch (count) {
    case Count::calendar_days: return pack_days_max;
    case Count::working_days: return pack_working_days_max;
    case Count::hours: return pack_hours_max;
  }
  return 0;
}

std::string codes_of_known_limits() {
  std::string codes;
  for (const auto& known : rules::known_limits()) codes += fmt::format("{}{}", codes.empty() ? "" : ", ", known.code.text);
  return codes;
}

void read_pauses(FieldReader& reader, rules::Pack& pack) {
  const auto readers = reader.objects("pauses", {0, pack_pauses_max});
  for (auto* row : readers) {
    rules::PauseReason pause;
    pause.code.text = code(*row, "code");
    pause.name = local_text(*row, "name", name_limits, true);
    pause.source = local_text(*row, "source", source_limits, true);
    pack.pauses.push_back(std::move(pause));
  }
  places_of("pauses", pack.pauses, readers);
}

void read_start(FieldReader& row, rules::Limit& limit, const rules::KnownLimit* known) {
  const auto start = required_choice<rules::StartsAt>(row, "starts_at");
  // Each begins with one event (domain/rules/pack.cpp); no other start would be counted from. But the answer to some categories
  // may be due so long after the receipt: the law on open information says so.
  const bool from_receipt =
      known != nullptr && known->code == rules::finish_limit && limit.code != known->code && start == rules::StartsAt::received;
  if (start && known != nullptr && *start != known->starts_at && !from_receipt) {
    row.refuse("starts_at", std::string(name_of(*start)),
               {key::pack_limit_starts, {{"event", std::string(name_of(known->starts_at))}, {"code", known->code.text}}});
  }
  limit.starts_at = start.value_or(rules::StartsAt::received);
}

// A limit that holds for all has the code of its rule; one for some categories names the rule, and has a code of its own.
const rules::KnownLimit* read_rule(FieldReader& row, rules::Limit& limit) {
  const bool is_own = row.raw("categories") != nullptr;
  const auto field = is_own ? "rule" : "code";
  limit.rule = is_own ? RuleCode{code(row, "rule")} : limit.code;
  const auto* known = rules::find_known_limit(limit.rule);
  if (!limit.rule.text.empty() && known == nullptr) {
    row.refuse(field, limit.rule.text, {key::pack_limit_known, {{"codes", codes_of_known_limits()}}});
  }
  const bool taken = rules::find_known_limit(limit.code) != nullptr || limit.code == rules::promise_limit;
  if (is_own && taken) row.refuse("code", limit.code.text, {key::pack_limit_own_code});
  if (!is_own && row.raw("rule") != nullptr) row.refuse("rule", shown(*row.raw("rule")), {key::pack_limit_rule_alone});
  if (!is_own && known != nullptr && known->for_some) row.refuse("code", limit.code.text, {key::pack_limit_for_some});
  return known;
}

// Which limit a category has of its own, by rule and category.
using OwnLimits = std::map<std::pair<std::string, std::string>, std::string>;

void read_own_categories(FieldReader& row, const std::string& where, rules::Limit& limit, const rules::Pack& pack,
                         OwnLimits& own) {
  const auto* list = row.raw("categories") == nullptr ? nullptr : row.array("categories", {1, pack_categories_max});
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto* text = (*list)[i].if_string();
    const CategoryCode category{text == nullptr ? "" : std::string(*text)};
    const auto field = fmt::format("categories[{}]", i);
    if (pack.find_category(category) == nullptr) {
      row.refuse(field, shown((*list)[i]), {key::pack_category});
      continue;
    }
    const auto [first, is_new] = own.emplace(std::pair(limit.rule.text, category.text), where);
    if (is_new) limit.categories.push_back(category);
    else row.refuse(field, category.text, {key::pack_limit_category_once, {{"where", first->second}}});
  }
  std::ranges::sort(limit.categories);  // a set: in whatever order, the same pack
}

void read_terms(FieldReader& row, rules::Limit& limit) {
  const auto count = required_choice<Count>(row, "count");
  limit.terms.count = count.value_or(Count::calendar_days);
  const auto most = amount_max(limit.terms.count);
  const auto amount = row.integer("amount", 1, most);
  if (row.raw("amount") == nullptr) row.refuse("amount", "", {key::expected_not_empty});
  limit.terms.amount = static_cast<int>(amount.value_or(1));
  limit.remind_before = static_cast<int>(row.integer("remind_before", 0, amount.value_or(most) - 1).value_or(0));
  limit.workday_source = local_text(row, "ends_on_workday", source_limits, false);
  limit.terms.ends_on_workday = row.raw("ends_on_workday") != nullptr;
  if (limit.terms.ends_on_workday && count && *count != Count::calendar_days) {
    row.refuse("ends_on_workday", std::string(name_of(*count)), {key::pack_ends_on_workday});
  }
}

void read_extension(FieldReader& row, rules::Limit& limit) {
  const auto* found = row.raw("extension");
  if (found == nullptr) return;
  auto* inner = row.object("extension");
  if (inner == nullptr || !found->is_object()) return;
  rules::Extension extension;
  extension.amount_max = static_cast<int>(inner->required_integer("amount_max", 1, amount_max(limit.terms.count)));
  extension.source = local_text(*inner, "source", source_limits, true);
  limit.extension = std::move(extension);
}

void read_stops(FieldReader& row, rules::Limit& limit, const rules::Pack& pack) {
  const auto* list = row.array("stopped_by", {0, pack_pauses_max});
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto* text = (*list)[i].if_string();
    const PauseCode reason{text == nullptr ? "" : std::string(*text)};
    const bool again = std::ranges::find(limit.stopped_by, reason) != limit.stopped_by.end();
    if (pack.find_pause(reason) == nullptr || again) {
      row.refuse(fmt::format("stopped_by[{}]", i), shown((*list)[i]), {again ? key::pack_pause_once : key::pack_pause});
    } else {
      limit.stopped_by.push_back(reason);
    }
  }
  std::ranges::sort(limit.stopped_by);  // a set: in whatever order, the same pack
}

// Who asks for a correction says by when it is to come, and work pauses meanwhile.
void check_corrections(FieldReader& reader, const rules::Pack& pack, const OwnLimits& own) {
  bool any = false;
  for (const auto& [key, where] : own) {
    const auto& [rule, category] = key;
    const bool asks = rule == rules::ask_correction_limit.text;
    if (!asks && rule != rules::correction_limit.text) continue;
    any = true;
    const auto& other = asks ? rules::correction_limit.text : rules::ask_correction_limit.text;
    if (!own.contains({other, category}))
      reader.refuse(where + ".categories", category, {key::pack_limit_pair, {{"rule", other}, {"category", category}}});
  }
  if (any && pack.find_pause(rules::correction_pause) == nullptr)
    reader.refuse("pauses", "", {key::pack_pause_missing, {{"code", rules::correction_pause.text}}});
}

template <class Code>
json::array codes_json(const std::vector<Code>& codes) {
  json::array array;
  for (const auto& code : codes) array.emplace_back(code.text);
  return array;
}

}  // namespace

void check_limits(FieldReader& reader, rules::Pack& pack) {
  read_pauses(reader, pack);
  const auto readers = reader.objects("limits", {0, pack_limits_max});
  OwnLimits own;
  for (std::size_t i = 0; i < readers.size(); ++i) {
    auto* row = readers[i];
    rules::Limit limit;
    limit.code.text = code(*row, "code");
    const auto* known = read_rule(*row, limit);
    read_own_categories(*row, fmt::format("limits[{}]", i), limit, pack, own);
    limit.name = local_text(*row, "name", name_limits, true);
    read_start(*row, limit, known);
    read_terms(*row, limit);
    limit.article = local_text(*row, "article", name_limits, true);
    limit.source = local_text(*row, "source", source_limits, true);
    read_extension(*row, limit);
    read_stops(*row, limit, pack);
    pack.limits.push_back(std::move(limit));
  }
  const auto places = places_of("limits", pack.limits, readers);
  for (const auto& known : rules::known_limits()) {
    if (known.for_some || places.contains(known.code.text)) continue;
    reader.refuse("limits", "", {key::pack_limit_missing, {{"code", known.code.text}}});
  }
  check_corrections(reader, pack, own);
}

json::array limits_json(const std::vector<rules::Limit>& limits) {
  json::array array;
  for (const auto& limit : limits) {
    json::object object{{"code", limit.code.text},
                        {"name", json_of(limit.name)},
                        {"starts_at", name_of(limit.starts_at)},
                        {"count", name_of(limit.terms.count)},
                        {"amount", limit.terms.amount},
                        {"article", json_of(limit.article)},
                        {"source", json_of(limit.source)}};
    if (limit.code != limit.rule) {
      object["rule"] = limit.rule.text;
      object["categories"] = codes_json(limit.categories);
    }
    if (limit.remind_before > 0) object["remind_before"] = limit.remind_before;
    if (limit.terms.ends_on_workday) object["ends_on_workday"] = json_of(limit.workday_source);
    if (limit.extension) {
      object["extension"] =
          json::object{{"amount_max", limit.extension->amount_max}, {"source", json_of(limit.extension->source)}};
    }
    if (!limit.stopped_by.empty()) object["stopped_by"] = codes_json(limit.stopped_by);
    array.push_back(std::move(object));
  }
  return array;
}

json::array pauses_json(const std::vector<rules::PauseReason>& pauses) {
  json::array array;
  for (const auto& pause : pauses) {
    array.push_back(json::object{{"code", pause.code.text}, {"name", json_of(pause.name)}, {"source", json_of(pause.source)}});
  }
  return array;
}

}  // namespace huiyin::app
