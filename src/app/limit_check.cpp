#include "app/limit_check.h"

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
  // Each begins with one event (domain/rules/pack.cpp); no other start would be counted from.
  if (start && known != nullptr && *start != known->starts_at) {
    row.refuse("starts_at", std::string(name_of(*start)),
               {key::pack_limit_starts, {{"event", std::string(name_of(known->starts_at))}, {"code", known->code.text}}});
  }
  limit.starts_at = start.value_or(rules::StartsAt::received);
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

}  // namespace

void check_limits(FieldReader& reader, rules::Pack& pack) {
  read_pauses(reader, pack);
  const auto readers = reader.objects("limits", {0, pack_limits_max});
  for (auto* row : readers) {
    rules::Limit limit;
    limit.code.text = code(*row, "code");
    const auto* known = rules::find_known_limit(limit.code);
    if (!limit.code.text.empty() && known == nullptr) {
      row->refuse("code", limit.code.text, {key::pack_limit_known, {{"codes", codes_of_known_limits()}}});
    }
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
    if (places.contains(known.code.text)) continue;
    reader.refuse("limits", "", {key::pack_limit_missing, {{"code", known.code.text}}});
  }
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
    if (limit.remind_before > 0) object["remind_before"] = limit.remind_before;
    if (limit.terms.ends_on_workday) object["ends_on_workday"] = json_of(limit.workday_source);
    if (limit.extension) {
      object["extension"] =
          json::object{{"amount_max", limit.extension->amount_max}, {"source", json_of(limit.extension->source)}};
    }
    if (!limit.stopped_by.empty()) {
      json::array reasons;
      for (const auto& reason : limit.stopped_by) reasons.emplace_back(reason.text);
      object["stopped_by"] = std::move(reasons);
    }
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
