// Home and the way in: "/", "/{language}/", report.
#include <boost/json.hpp>
#include <charconv>

#include "base/canonical_json.h"
#include "http/api/idempotency.h"
#include "http/api/submit_reader.h"
#include "http/pages/case_cookie.h"
#include "http/pages/visit.h"
#include "http/problem.h"
#include "pages/home_page.h"
#include "pages/receipt_page.h"
#include "pages/report_page.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

// A form older than this is shown again instead of being taken: an hour before the first receipt under its key is forgotten, so
// that a reload never makes a second case.
constexpr std::chrono::milliseconds form_age_max = app::idempotency_kept - std::chrono::hours(1);
constexpr std::size_t once_bytes = 18;

// "<when, in ms>.<random>".
std::string make_once(Services& services) {
  return std::to_string(services.clock.now().ms) + "." + to_base64url(services.random.bytes<once_bytes>());
}

bool is_fresh(std::string_view once, Instant now) {
  Instant made;
  const auto dot = once.find('.');
  if (dot == std::string_view::npos || once.size() - dot - 1 != once_bytes * 4 / 3 ||
      once.size() > app::idempotency_key_characters_max)
    return false;
  const auto [end, error] = std::from_chars(once.data(), once.data() + dot, made.ms);
  return error == std::errc() && end == once.data() + dot && made <= now && now - made < form_age_max;
}

void show_report(const Visit& visit, unsigned status, const pages::Typed& typed) {
  visit.show(status, pages::report_page(visit.setting(), typed, make_once(visit.services)));
}

// "https://answers.example.org" as the browser reached us; empty when its Host (RFC 9110 section 7.2) is no plain name and port.
std::string site_of(const Request& request) {
  constexpr std::size_t host_letters_max = 200;
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
  const auto host = request.header("host");
  if (host.empty() || host.size() > host_letters_max || host.find_first_not_of(letters) != std::string_view::npos) return {};
  return (request.secure ? "https://" : "http://") + std::string(host);
}

void show_filed(const Visit& visit, const Result<app::Filed>& filed) {
  if (filed.ok()) {
    const bool secure = visit.request.secure;
    return visit.show(200, pages::receipt_page(visit.setting_at(""), *filed, site_of(visit.request)),
                      {case_cookie_header(visit.services, filed->reference, filed->secret, secure)});
  }
  auto error = filed.error();
  const auto status = status_of(error.code);
  // The same form was sent before with other words: nothing is lost, and a second press sends these as a matter of their own.
  if (error.code == Code::conflict) error.message = {key::report_again};
  if (error.code == Code::internal) return visit.refuse(error);
  show_report(visit, status, typed_from(visit.form, std::move(error)));
}

void file(const VisitPtr& visit) {
  const auto& services = visit->services;
  const auto fields = fields_of(visit->form);
  auto submit = read_submit(fields, cases::Channel::web, visit->language);
  if (!submit.ok()) return show_report(*visit, 400, typed_from(visit->form, submit.error()));
  const auto once = visit->field("once");
  if (!is_fresh(once, services.clock.now())) {
    return show_report(*visit, 409, typed_from(visit->form, {Code::conflict, {key::report_again}}));
  }
  app::Filing filing{*std::move(submit),
                     app::Filing::Once{"page:" + std::string(once), remembered_request(visit->services, canonical_json(fields))}};
  visit->services.cases.file(services.jurisdiction, std::move(filing),
                             [visit](const Result<app::Filed>& filed) { show_filed(*visit, filed); });
}

void go_home(const Request& request, const Reply& reply) {
  reply({303, {{"Location", "/" + std::string(slug_of(language_of(request))) + "/"}, {"Vary", "Accept-Language"}}, {}});
}

}  // namespace

void add_public_pages(Router& router, Services& services) {
  router.add({"GET", "/", "root", go_home});
  add_page(router, services, "GET", "", "home_bare", [](const VisitPtr& visit) { visit->go("/"); });
  add_page(router, services, "GET", "/", "home",
           [](const VisitPtr& visit) { visit->show(200, pages::home_page(visit->setting())); });
  add_page(router, services, "GET", "/report", "report", [](const VisitPtr& visit) { show_report(*visit, 200, {}); });
  add_page(router, services, "POST", "/report", "report_file", file);
}

}  // namespace huiyin::http
