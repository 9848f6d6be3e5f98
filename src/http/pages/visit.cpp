#include "http/pages/visit.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <map>
#include <set>

#include "app/store_error.h"
#include "base/text.h"
#include "http/pages.h"
#include "http/problem.h"
#include "http/visitor.h"
#include "http/worker_pool.h"
#include "pages/error_page.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

// The language of an address, or what the browser prefers.
Language language_of_page(const Request& request) {
  const std::string_view path(request.path);
  if (path.size() >= 3 && (path.size() == 3 || path[3] == '/')) {
    if (const auto language = language_from_slug(path.substr(1, 2))) return *language;
  }
  return language_of(request);
}

std::string query_of(const Request& request) {
  std::string out;
  for (const auto& [name, value] : request.query) {
    out += (out.empty() ? '?' : '&');
    out += percent_encoded(name) + "=" + percent_encoded(value);
  }
  return out;
}

pages::Setting setting_of(Services& services, Language language, std::string address) {
  const auto& jurisdiction = services.jurisdiction;
  return {jurisdiction.pack, *jurisdiction.zone, language, services.clock.now(), std::move(address)};
}

// Browsers send line ends as CR LF (HTML section 4.10.21.8); what people wrote is kept with LF.
std::string with_plain_line_ends(std::string text) {
  std::erase(text, '\r');
  return text;
}

// A form sends nothing but text: which of its fields are more than that.
bool is_boolean(std::string_view name) {
  constexpr std::array<std::string_view, 7> names{"contacted", "solved", "shared", "upheld", "approved", "taken", "urgent"};
  return std::ranges::find(names, name) != names.end();
}
bool is_number(std::string_view name) {
  constexpr std::array<std::string_view, 4> names{"version", "amount", "promise", "people"};
  return std::ranges::find(names, name) != names.end();
}

boost::json::value value_of(std::string_view name, const std::string& text) {
  if (is_boolean(name) && (text == "true" || text == "false")) return text == "true";
  if (is_number(name)) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) return number;
  }
  return boost::json::value(text);
}

Response html_response(unsigned status, std::string html, Language language, Pairs headers) {
  headers.emplace_back("Content-Type", "text/html; charset=utf-8");
  headers.emplace_back("Content-Language", std::string(tag_of(language)));
  return {status, std::move(headers), std::move(html)};
}

}  // namespace

pages::Setting Visit::setting() const {
  // A page that was asked for by POST is there by GET under the same address, or not in another language at all.
  const bool by_get = request.method != "POST";
  return setting_at(std::string(request.path.substr(3)) + (by_get ? query_of(request) : std::string()));
}

pages::Setting Visit::setting_at(std::string address) const { return setting_of(services, language, std::move(address)); }

std::string_view Visit::field(std::string_view name) const {
  const auto found = std::ranges::find(form, name, [](const auto& pair) { return std::string_view(pair.first); });
  return found == form.end() ? std::string_view() : std::string_view(found->second);
}

void Visit::show(unsigned status, std::string html, Pairs headers) const {
  reply(html_response(status, std::move(html), language, std::move(headers)));
}

void Visit::go(std::string_view path, Pairs headers) const {
  headers.emplace_back("Location", "/" + std::string(slug_of(language)) + std::string(path));
  reply({303, std::move(headers), {}});
}

void Visit::refuse(const Error& error, Pairs headers) const {
  auto response = error_response(services, error, status_of(error.code), request);
  std::ranges::move(headers, std::back_inserter(response.headers));
  reply(std::move(response));
}

Response error_response(Services& services, const Error& error, unsigned status, const Request& request) {
  const auto language = language_of_page(request);
  return html_response(status, pages::error_page(setting_of(services, language, ""), error, status, request.id), language, {});
}

void add_page(Router& router, Services& services, std::string_view method, std::string_view pattern, std::string_view name,
              PageHandler handler) {
  const auto full = "/{language}" + std::string(pattern);
  const bool posts = method == "POST";
  router.add({method, full, name,
              [&services, posts, handler = std::move(handler)](Request request, Reply reply) {
                const auto language = language_from_slug(request.param("language"));
                if (!language)
                  return reply(error_response(services, {Code::not_found, {key::http_no_such_address}}, 404, request));
                const auto visit = std::make_shared<Visit>(Visit{services, std::move(request), std::move(reply), *language});
                if (posts) {
                  if (!from_own_site(visit->request)) return visit->refuse({Code::forbidden, {key::page_not_own_site}});
                  auto form = parse_form(visit->request.body);
                  if (!form.ok()) return visit->refuse(form.error());
                  visit->form = *std::move(form);
                  for (auto& [field, value] : visit->form) value = with_plain_line_ends(std::move(value));
                }
                handler(visit);
              },
              posts ? form_bytes_max : body_bytes_usual});
}

void on_worker(WorkerPool& pool, const VisitPtr& visit, std::function<void()> work) {
  auto guarded = [visit, work = std::move(work)] {
    try {
      work();
    } catch (const app::StoreFailure& fault) {
      visit->refuse(app::error_of(fault));
    }
  };
  if (!pool.post(std::move(guarded))) visit->refuse({Code::overloaded, {key::committer_overloaded}});
}

namespace {

// Where a field of a form belongs: "version", "place.address", "parts.0.body".
struct FieldPlace {
  std::string outer, inner{};  // `inner` is empty for a field of its own
  std::optional<unsigned> number{};
};

FieldPlace place_of(std::string_view name) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return {std::string(name)};
  FieldPlace place{std::string(name.substr(0, dot)), std::string(name.substr(dot + 1))};
  unsigned number = 0;
  const auto* const begin = name.data() + dot + 1;
  const auto* const end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || stop == end || *stop != '.') return place;
  place.number = number;
  place.inner = std::string(stop + 1, end);
  return place;
}

// The numbered parts that hold something, numbered anew from 0: a block left empty between two others is no part.
Pairs without_gaps(const Pairs& form) {
  std::map<std::string, std::set<unsigned>> held;
  for (const auto& [name, text] : form) {
    const auto place = place_of(name);
    if (place.number && !trimmed(text).empty()) held[place.outer].insert(*place.number);
  }
  Pairs out;
  for (const auto& [name, text] : form) {
    const auto place = place_of(name);
    if (!place.number) {
      out.emplace_back(name, text);
      continue;
    }
    const auto& numbers = held[place.outer];
    const auto found = numbers.find(*place.number);
    if (found != numbers.end())
      out.emplace_back(fmt::format("{}.{}.{}", place.outer, std::distance(numbers.begin(), found), place.inner), text);
  }
  return out;
}

// "parts[1].body", as the API names it -> "parts.1.body", as a form does.
std::string form_name(std::string_view field) {
  std::string out;
  for (const char c : field) {
    if (c == '[') out += '.';
    else if (c != ']') out += c;
  }
  return out;
}

}  // namespace

boost::json::object fields_of(const Pairs& form) {
  boost::json::object out;
  for (const auto& [name, text] : without_gaps(form)) {
    if (name == "csrf" || name == "once" || trimmed(text).empty()) continue;
    const auto place = place_of(name);
    auto& outer = out[place.outer];
    if (place.inner.empty()) {
      outer = value_of(name, text);
      continue;
    }
    if (!place.number) {
      if (!outer.is_object()) outer = boost::json::object();
      outer.get_object()[place.inner] = value_of(name, text);
      continue;
    }
    if (!outer.is_array()) outer = boost::json::array();
    auto& list = outer.get_array();
    while (list.size() <= *place.number) list.emplace_back(boost::json::object());
    list[*place.number].get_object()[place.inner] = value_of(name, text);
  }
  return out;
}

pages::Typed typed_from(const Pairs& form, Error error) {
  for (auto& fault : error.fields) fault.field = form_name(fault.field);
  return {without_gaps(form), std::move(error)};
}

void add_pages(Router& router, Services& services) {
  add_public_pages(router, services);
  add_case_pages(router, services);
  add_verify_pages(router, services);
  add_sign_in_pages(router, services);
  add_staff_pages(router, services);
  add_absence_pages(router, services);
  add_handover_pages(router, services);
  add_asset_pages(router);
  router.set_error_page([&services](const Error& error, unsigned status, const Request& request) {
    return error_response(services, error, status, request);
  });
}

}  // namespace huiyin::http
