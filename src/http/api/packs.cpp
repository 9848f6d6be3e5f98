// /api/v1/categories, /api/v1/units: what the pack says, for anybody.
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

std::string categories_json(const rules::Pack& pack) {
  json::array rows;
  for (const auto& category : pack.categories) {
    rows.push_back(json::object{{"code", category.code.text},
                                {"parent", code(category.parent)},
                                {"name", text(category.name)},
                                {"help", text(category.help)},
                                {"unit", code(pack.unit_for(category.code))}});
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
      {"GET", "/api/v1/units", "units", fixed(units_json(services.jurisdiction.pack))},
  };
}

}  // namespace huiyin::http
