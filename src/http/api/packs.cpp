// /api/v1/pack, /api/v1/categories, /api/v1/units: what the pack says, for anybody.
#include <boost/json.hpp>

#include "base/json.h"
#include "http/api.h"
#include "http/api/answers.h"

namespace huiyin::http {
namespace {

namespace json = boost::json;

json::object text(const rules::LocalText& words) { return {{"zh", words.zh}, {"en", words.en}}; }

template <class Code>
json::value code(const std::optional<Code>& of) {
  return of ? json::value(of->text) : json::value(nullptr);
}

json::object& add_row(json::array& rows, const std::string& of, const rules::LocalText& name, const rules::LocalText& source) {
  rows.push_back(json::object{{"code", of}, {"name", text(name)}, {"source", text(source)}});
  return rows.back().as_object();
}

std::string categories_json(const rules::Pack& pack) {
  json::array rows;
  for (const auto& category : pack.categories) {
    rows.push_back(json::object{{"code", category.code.text},
                                {"parent", code(category.parent)},
                                {"name", text(category.name)},
                                {"help", text(category.help)},
                                {"unit", code(pack.unit_for(category.code))},
                                {"answer", pack.answer_for(category.code).code.text}});
  }
  return json_text(json::object{{"categories", std::move(rows)}});
}

std::string units_json(const rules::Pack& pack) {
  json::array rows;
  for (const auto& unit : pack.units) {
    rows.push_back(json::object{{"code", unit.code.text}, {"parent", code(unit.parent)}, {"name", text(unit.name)}});
  }
  return json_text(json::object{{"units", std::move(rows)}});
}

json::array answers_json(const rules::Pack& pack) {
  json::array rows;
  for (const auto& kind : pack.answers) {
    json::array parts;
    for (const auto& part : kind.parts)
      parts.push_back(json::object{{"code", part.code.text}, {"name", text(part.name)}, {"help", text(part.help)}});
    rows.push_back(json::object{{"code", kind.code.text},
                                {"name", text(kind.name)},
                                {"parts", std::move(parts)},
                                {"states_outcome", kind.states_outcome},
                                {"signed_off", kind.signed_off},
                                {"reviewable", kind.reviewable},
                                {"source", text(kind.source)}});
  }
  return rows;
}

std::string pack_json(const rules::Pack& pack) {
  json::array numbers, roads, offices, pauses;
  for (const auto& [number, name] : pack.danger.numbers)
    numbers.push_back(json::object{{"number", number}, {"name", text(name)}});
  for (const auto& road : pack.roads) {
    add_row(roads, road.code.text, road.name, road.source)["help"] = text(road.help);
  }
  for (const auto& office : pack.offices) {
    offices.push_back(json::object{{"code", office.code.text},
                                   {"name", text(office.name)},
                                   {"address", text(office.address)},
                                   {"phone", office.phone},
                                   {"email", office.email},
                                   {"hours", text(office.hours)}});
  }
  for (const auto& pause : pack.pauses) add_row(pauses, pause.code.text, pause.name, pause.source);
  return json_text(json::object{{"title", text(pack.title)},
                                {"emergency_numbers", std::move(numbers)},
                                {"answers", answers_json(pack)},
                                {"roads", std::move(roads)},
                                {"offices", std::move(offices)},
                                {"pauses", std::move(pauses)},
                                {"representatives_max", pack.representatives_max},
                                {"rating_days", pack.rating_days}});
}

// Made once: a pack does not change while the server runs.
Handler fixed(std::string body) {
  return [body = std::move(body)](const Request&, const Reply& reply) {
    auto response = json_response(200, body);
    response.headers.emplace_back("Cache-Control", "public, max-age=300");
    reply(std::move(response));
  };
}

}  // namespace

std::vector<Route> pack_routes(Services& services) {
  return {
      {"GET", "/api/v1/categories", "categories", fixed(categories_json(services.jurisdiction.pack))},
      {"GET", "/api/v1/pack", "pack", fixed(pack_json(services.jurisdiction.pack))},
      {"GET", "/api/v1/units", "units", fixed(units_json(services.jurisdiction.pack))},
  };
}

}  // namespace huiyin::http
