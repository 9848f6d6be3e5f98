#include "http/api/case_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>

#include "app/codec.h"
#include "base/json.h"
#include "domain/case/words.h"
#include "http/api/receipt_json.h"

namespace huiyin::http {
namespace {

namespace json = boost::json;
using app::codec::to_value;

json::value instant(const std::optional<Instant>& at) { return at ? json::value(to_rfc3339(*at)) : json::value(nullptr); }

json::array clocks_json(const std::vector<rules::LegalClock>& clocks, const rules::Pack& pack, Language language, Instant now) {
  json::array out;
  for (const auto& clock : clocks) {
    json::object one{{"rule", clock.due.rule.text}};
    if (const auto* limit = pack.find_limit(clock.due.rule)) {
      one["name"] = limit->name.in(language);
      one["source"] = limit->source.in(language);
    }
    if (clock.due.terms.count == rules::Count::calendar_days) one["days"] = clock.due.terms.amount;
    one["started_at"] = to_rfc3339(clock.start);
    one["due_at"] = to_rfc3339(clock.due.at);
    one["met_at"] = instant(clock.met);
    one["standing"] = name_of(rules::standing_of(clock, now));
    out.push_back(std::move(one));
  }
  return out;
}

json::value degrees(const std::optional<std::int32_t>& microdegrees) {
  return microdegrees ? json::value(*microdegrees / 1e6) : json::value(nullptr);
}

json::value place_json(const Private<cases::Place>& place) {
  if (!place) return nullptr;
  const auto& [address, latitude, longitude] = *place;
  return json::object{{"address", to_value(address)}, {"lat", degrees(latitude)}, {"long", degrees(longitude)}};
}

// What an event says to this reader: everything but what is kept for the house alone.
struct Shown {
  json::object object;
  template <class T>
  void fine(std::string_view name, const T& field) {
    auto value = to_value(field);
    if (!value.is_null()) object.emplace(name, std::move(value));
  }
  template <class T>
  void kept(std::string_view, const T&) {}
  template <class T>
  void words(std::string_view name, const T& field) {
    fine(name, field);
  }
  template <class T>
  void identity(std::string_view name, const T& field) {
    fine(name, field);
  }
  template <class T>
  void staff_words(std::string_view name, const T& field) {
    fine(name, field);
  }
};

json::object event_json(const app::StoryEvent& event) {
  json::object out{{"number", event.number},
                   {"event", name_of_alternative(event.event)},
                   {"at", to_rfc3339(event.at)},
                   {"t", to_rfc3339(event.t)},
                   {"role", event.role}};
  if (!event.actor_name.empty()) out["by"] = event.actor_name;
  // The first event's words stand at the top of the case already.
  if (!std::holds_alternative<cases::Submitted>(event.event)) {
    Shown shown;
    std::visit([&](const auto& one) { std::remove_cvref_t<decltype(one)>::describe(one, shown); }, event.event);
    for (auto& member : shown.object) out.insert(member);
  }
  return out;
}

constexpr char cursor_separator = ':';

}  // namespace

std::string filed_json(const app::Filed& filed, const app::Jurisdiction& jurisdiction, Language language, Instant now) {
  const json::object head{{"reference", filed.reference},
                          {"secret", filed.secret},
                          {"version", filed.version},
                          {"status", name_of(filed.state.phase)},
                          {"clocks", clocks_json(filed.state.clocks, jurisdiction.pack, language, now)}};
  auto out = json_text(head);
  out.pop_back();
  return out + ",\"receipt\":" + (filed.receipt ? receipt_json(*filed.receipt) : "null") + "}";
}

std::string case_json(const app::CaseView& view, const app::Jurisdiction& jurisdiction, Language language, Instant now) {
  const auto& submitted = view.submitted;
  json::array story;
  for (const auto& event : view.story) story.push_back(event_json(event));
  json::array offered;
  for (const auto act : view.offered) offered.emplace_back(act);
  const json::object out{{"reference", view.state.reference},
                         {"version", view.version},
                         {"status", name_of(view.state.phase)},
                         {"channel", name_of(submitted.channel)},
                         {"language", name_of(submitted.language)},
                         {"category", to_value(view.state.category)},
                         {"unit", to_value(view.state.unit)},
                         {"returns", view.state.returns},
                         {"subject", to_value(submitted.subject)},
                         {"body", to_value(submitted.body)},
                         {"place", place_json(submitted.place)},
                         {"contact", to_value(submitted.contact)},
                         {"reachable", to_value(submitted.reachable)},
                         {"clocks", clocks_json(view.state.clocks, jurisdiction.pack, language, now)},
                         {"story", std::move(story)},
                         {"acts", std::move(offered)}};
  return json_text(out);
}

std::string list_json(const std::vector<app::CaseListItem>& items, const app::CaseFilter& filter, Instant now) {
  json::array rows;
  for (const auto& [row, title] : items) {
    rows.push_back(json::object{{"reference", row.reference},
                                {"title", title},
                                {"status", name_of(row.phase)},
                                {"category", to_value(row.category)},
                                {"unit", to_value(row.units.lead)},
                                {"received_at", to_rfc3339(row.received)},
                                {"updated_at", to_rfc3339(row.updated)},
                                {"due_at", instant(row.due)},
                                {"overdue", row.due && *row.due < now},
                                {"returns", row.returns}});
  }
  json::object out{{"cases", std::move(rows)}, {"next", nullptr}};
  if (!items.empty() && items.size() == filter.count) out["next"] = cursor_after(items.back().row, filter);
  return json_text(out);
}

std::string cursor_after(const app::CaseRow& row, const app::CaseFilter& filter) {
  const auto due = filter.due_before && row.due ? row.due->ms : 0;
  return to_base64url(as_bytes(fmt::format("{}{}{}", due, cursor_separator, row.id.number)));
}

bool read_cursor(std::string_view text, app::CaseFilter& filter) {
  const auto bytes = from_base64url(text);
  if (!bytes) return false;
  const auto plain = as_text(*bytes);
  const auto middle = plain.find(cursor_separator);
  if (middle == std::string_view::npos) return false;
  const auto number = [](std::string_view digits) -> std::optional<std::int64_t> {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  };
  const auto due = number(plain.substr(0, middle));
  const auto record = number(plain.substr(middle + 1));
  if (!due || !record) return false;
  if (filter.due_before) filter.after_due = Instant{*due};
  filter.after = RecordId{*record};
  return true;
}

}  // namespace huiyin::http
