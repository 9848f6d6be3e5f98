#include "http/api/case_json.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>

#include "app/codec.h"
#include "base/json.h"
#include "domain/case/words.h"
#include "http/api/clock_json.h"

namespace huiyin::http {
namespace {

namespace json = boost::json;
using app::codec::to_value;

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
  if (event.named) {
    json::object named{{"role", event.named->role}, {"unit", to_value(event.named->unit)}};
    if (!event.named->name.empty()) named["name"] = event.named->name;
    out["named"] = std::move(named);
  }
  // The first event's words stand at the top of the case already.
  if (!std::holds_alternative<cases::Submitted>(event.event)) {
    Shown shown;
    std::visit([&](const auto& one) { std::remove_cvref_t<decltype(one)>::describe(one, shown); }, event.event);
    for (auto& member : shown.object) out.insert(member);
  }
  return out;
}

// ---- What a case is now
// --------------------------------------------------------------------------------------------------------

// As it was filed; the identity is there for those who may know it.
void add_filed(const app::CaseView& view, json::object& out) {
  const auto& submitted = view.submitted;
  out["channel"] = name_of(submitted.channel);
  out["language"] = name_of(submitted.language);
  out["subject"] = to_value(submitted.subject);
  out["body"] = to_value(submitted.body);
  out["place"] = place_json(submitted.place);
  out["people"] = submitted.people.value_or(1);
  out["for_other"] = submitted.for_other.value_or(false);
  out["reachable"] = to_value(submitted.reachable);
  out["knows_identity"] = view.knows_identity;
  out["contact"] = to_value(submitted.contact);
  out["representatives"] = to_value(submitted.representatives);
  out["on_behalf"] = to_value(submitted.on_behalf);
  out["split_from"] = to_value(submitted.split_from);
}

void add_state(const app::CaseView& view, const rules::Pack& pack, json::object& out) {
  const auto& state = view.state;
  json::array supports;
  for (const auto& one : state.supports) supports.push_back(json::object{{"unit", one.unit.text}, {"done", one.done}});
  json::value review = nullptr;
  if (state.review) review = json::object{{"level", name_of(state.review->level)}, {"unit", to_value(state.review->unit)}};
  out["urgent"] = state.urgent;
  out["supports"] = std::move(supports);
  out["question_open"] = state.question_open;
  out["correction_open"] = state.correction_open;
  out["pause"] = to_value(state.pause);
  out["answer_kind"] = pack.answer_for(state.category).code.text;
  out["outcome"] = to_value(view.outcome);
  out["review"] = std::move(review);
  out["reviewed"] = to_value(state.reviewed);
  out["final"] = state.final;
  out["road"] = to_value(state.road);
  out["split_into"] = to_value(view.split_into);
  out["returns"] = state.returns;
  out["reopenings"] = state.reopenings;
}

json::array promises_json(const app::CaseView& view, const ClockReader& reader) {
  json::array out;
  for (const auto& promise : app::promises_of(view)) {
    auto one = clock_json(*promise.clock, reader);
    one["number"] = promise.number;
    one["words"] = to_value(promise.words);
    out.push_back(std::move(one));
  }
  return out;
}

// Within which somebody may still act.
json::object windows_json(const cases::State& state, bool for_staff, const ClockReader& reader) {
  const auto window = [&](const std::optional<rules::LegalClock>& clock) {
    return clock ? json::value(clock_json(*clock, reader)) : json::value(nullptr);
  };
  return {{"objection_until", for_staff ? window(state.objection_until) : json::value(nullptr)},
          {"review_until", window(state.review_until)},
          {"reopening_until", window(state.reopening_until)},
          {"ask_correction_until", for_staff ? window(state.ask_correction_until) : json::value(nullptr)},
          {"correction_until", window(state.correction_until)}};
}

json::value colleague_json(const app::CaseView& view, const std::optional<UserId>& user) {
  const auto* colleague = app::find_colleague(view, user);
  if (colleague == nullptr) return nullptr;
  return json::object{{"login", colleague->login}, {"name", colleague->name}};
}

void add_for_staff(const app::CaseView& view, json::object& out) {
  const auto& state = view.state;
  json::array known;
  for (const auto user : state.knowing) known.push_back(colleague_json(view, user));
  json::value proposal = nullptr;
  if (view.proposed) {
    Shown shown;
    cases::Proposed::describe(*view.proposed, shown);
    for (const auto* name : {"road", "amount", "words", "parts", "reason"}) shown.object.emplace(name, nullptr);
    shown.object["outcome"] = to_value(view.proposed->outcome);
    shown.object["into"] = to_value(view.proposed->into);
    shown.object["by"] = colleague_json(view, view.proposed->by);
    proposal = std::move(shown.object);
  }
  out["handler"] = colleague_json(view, state.handler);
  out["objection_open"] = state.objection_open;
  out["about"] = json::object{{"unit", to_value(state.about_unit)}, {"user", colleague_json(view, state.about_user)}};
  out["proposal"] = std::move(proposal);
  out["merged_into"] = to_value(view.merged_into);
  out["known_to"] = std::move(known);
}

constexpr char cursor_separator = ':';

}  // namespace

json::array numbers_json(const cases::State& state, const rules::Pack& pack, Language language) {
  json::array numbers;
  if (!cases::shows_danger(state)) return numbers;
  for (const auto& [number, name] : pack.danger.numbers)
    numbers.push_back(json::object{{"number", number}, {"name", name.in(language)}});
  return numbers;
}

std::string filed_json(const app::Filed& filed, const app::Jurisdiction& jurisdiction, Language language, Instant now) {
  const json::object head{{"reference", filed.reference},
                          {"secret", filed.secret},
                          {"version", filed.version},
                          {"status", name_of(filed.state.phase)},
                          {"urgent", filed.state.urgent},
                          {"emergency_numbers", numbers_json(filed.state, jurisdiction.pack, language)},
                          {"clocks", clocks_json(filed.state.clocks, {jurisdiction, language, now})}};
  auto out = json_text(head);
  out.pop_back();
  return out + ",\"receipt\":" + (filed.receipt ? to_text(*filed.receipt) : "null") + "}";
}

std::string case_json(const app::CaseView& view, const app::Jurisdiction& jurisdiction, Language language, Instant now) {
  const ClockReader reader{jurisdiction, language, now};
  json::object out{{"reference", view.state.reference},
                   {"version", view.version},
                   {"status", name_of(view.state.phase)},
                   {"category", to_value(view.state.category)},
                   {"unit", to_value(view.state.unit)}};
  add_filed(view, out);
  add_state(view, jurisdiction.pack, out);
  out["clocks"] = clocks_json(view.state.clocks, reader);
  out["promises"] = promises_json(view, reader);
  out["windows"] = windows_json(view.state, view.for_staff, reader);
  if (view.for_staff) add_for_staff(view, out);
  out["emergency_numbers"] = numbers_json(view.state, jurisdiction.pack, language);
  json::array story, offered;
  for (const auto& event : view.story) story.push_back(event_json(event));
  for (const auto act : view.offered) offered.emplace_back(act);
  out["story"] = std::move(story);
  out["acts"] = std::move(offered);
  return json_text(out);
}

std::string list_json(const std::vector<app::CaseListItem>& items, const app::CaseFilter& filter, Instant now) {
  json::array rows;
  for (const auto& [row, title, handler] : items) {
    rows.push_back(json::object{{"reference", row.reference},
                                {"title", title},
                                {"status", name_of(row.phase)},
                                {"category", to_value(row.category)},
                                {"unit", to_value(row.units.lead)},
                                {"received_at", to_rfc3339(row.received)},
                                {"updated_at", to_rfc3339(row.updated)},
                                {"due_at", to_value(row.due)},
                                {"overdue", row.due && *row.due < now},
                                {"urgent", row.urgent},
                                {"proposed", to_value(row.proposed)},
                                {"handler", handler.empty() ? json::value(nullptr) : json::value(handler)},
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
