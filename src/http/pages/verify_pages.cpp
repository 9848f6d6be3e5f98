// What anybody can check: /{language}/verify, where the browser checks a receipt and cannot send it anywhere, and
// /{language}/witnesses, who vouches for the log.
#include "http/pages/visit.h"
#include "pages/verify_page.h"
#include "pages/witnesses_page.h"

namespace huiyin::http {
namespace {

// Nothing may be asked for but the page's own style, mark and script; nothing may be sent at all.
constexpr std::string_view sends_nothing =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; "
    "base-uri 'none'";

std::vector<app::Publisher::Vouching> witnesses_of(const Services& services) {
  if (services.publisher == nullptr) return {};
  return services.publisher->witnesses(services.jurisdiction.id);
}

void show_verify(const VisitPtr& visit) {
  pages::VerifyPage page{visit->services.jurisdiction.signer.vkey()};
  for (auto& one : witnesses_of(visit->services)) page.witness_keys.push_back(std::move(one.vkey));
  visit->show(200, pages::verify_page(visit->setting(), page), {{"Content-Security-Policy", std::string(sends_nothing)}});
}

void show_witnesses(const VisitPtr& visit) {
  const auto& services = visit->services;
  pages::WitnessesPage page{services.jurisdiction.signer.vkey(), {}, witnesses_of(services)};
  if (services.publisher != nullptr) {
    page.published = services.publisher->published(services.jurisdiction.id);
    page.quorum = services.publisher->quorum();
  }
  visit->show(200, pages::witnesses_page(visit->setting(), page));
}

}  // namespace

void add_verify_pages(Router& router, Services& services) {
  add_page(router, services, "GET", "/verify", "verify", show_verify);
  add_page(router, services, "GET", "/witnesses", "witnesses", show_witnesses);
}

}  // namespace huiyin::http
