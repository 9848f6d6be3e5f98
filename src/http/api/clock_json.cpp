#include "http/api/clock_json.h"

#include "app/codec.h"
#include "domain/rules/explanation.h"

namespace huiyin::http {
namespace {

namespace json = boost::json;
using app::codec::to_value;

json::array skipped_json(const std::vector<rules::SkippedDays>& skipped, Language language) {
  json::array out;
  for (const auto& days : skipped) {
    json::object one{{"first", to_iso(days.first)}, {"last", to_iso(days.last)}};
    one["name"] = days.name ? json::value(days.name->in(language)) : json::value(nullptr);
    out.push_back(std::move(one));
  }
  return out;
}

json::array pauses_json(const std::vector<rules::Pause>& pauses) {
  json::array out;
  for (const auto& pause : pauses) {
    out.push_back(json::object{
        {"reason", pause.reason.text}, {"from", to_rfc3339(pause.from)}, {"to", to_value(pause.to)}, {"stops", pause.stops}});
  }
  return out;
}

}  // namespace

json::object clock_json(const rules::LegalClock& clock, const ClockReader& reader) {
  const auto& [jurisdiction, language, now] = reader;
  const auto& due = clock.due;
  json::object out{{"rule", due.rule.text}, {"limit", due.own_limit.value_or(due.rule).text}};
  // A limit that has changed since is not quoted.
  const auto* limit = rules::limit_of(jurisdiction.pack, due);
  if (limit != nullptr) out["name"] = limit->name.in(language);
  if (limit != nullptr && limit->terms == due.terms) {
    out["article"] = limit->article.in(language);
    out["source"] = limit->source.in(language);
  }
  if (due.terms.count == rules::Count::calendar_days) out["days"] = due.terms.amount;
  out["terms"] = to_value(due.terms);
  out["extended"] = clock.extended;
  out["started_at"] = to_rfc3339(clock.start);
  out["due_at"] = to_rfc3339(due.at);
  out["met_at"] = to_value(clock.met);
  out["standing"] = name_of(rules::standing_of(clock, now));
  out["provisional"] = due.provisional();
  out["provisional_from"] = to_value(due.provisional_from);
  out["skipped"] = skipped_json(due.skipped, language);
  out["pauses"] = pauses_json(clock.pauses);
  const auto& zone = *jurisdiction.zone;
  out["explanation"] = rules::say(rules::explain(clock, zone), jurisdiction.pack, zone, language);
  return out;
}

json::array clocks_json(const std::vector<rules::LegalClock>& clocks, const ClockReader& reader) {
  json::array out;
  for (const auto& clock : clocks) out.push_back(clock_json(clock, reader));
  return out;
}

}  // namespace huiyin::http
