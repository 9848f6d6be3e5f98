// /{language}/verify: the browser checks a receipt, and cannot send it anywhere.
#include "http/pages/visit.h"
#include "pages/verify_page.h"

namespace huiyin::http {
namespace {

// Nothing may be asked for but the page's own style, mark and script; nothing may be sent at all.
constexpr std::string_view sends_nothing =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; "
    "base-uri 'none'";

void show_verify(const VisitPtr& visit) {
  const pages::VerifyPage page{visit->services.jurisdiction.signer.vkey()};
  visit->show(200, pages::verify_page(visit->setting(), page), {{"Content-Security-Policy", std::string(sends_nothing)}});
}

}  // namespace

void add_verify_pages(Router& router, Services& services) {
  add_page(router, services, "GET", "/verify", "verify", show_verify);
}

}  // namespace huiyin::http
