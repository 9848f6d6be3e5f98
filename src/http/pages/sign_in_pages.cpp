// Signing in and out, for staff.
#include "http/pages/staff_visit.h"
#include "http/pages/visit.h"
#include "http/problem.h"
#include "http/visitor.h"
#include "pages/sign_in_page.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

// Only pages of our own desk: an address from outside never leads anywhere else.
std::string own_path(std::string_view next) {
  const bool ours = next.starts_with("/zh/staff/") || next.starts_with("/en/staff/");
  const bool plain = next.find_first_of("\\\r\n") == std::string_view::npos && next.find("//") == std::string_view::npos &&
                     std::ranges::all_of(next, [](char c) { return c > 0x20 && c < 0x7F; });
  return ours && plain ? std::string(next) : std::string();
}

void show_sign_in(const VisitPtr& visit) {
  visit->show(200, pages::sign_in_page(visit->setting(), {}, own_path(visit->request.parameter("next").value_or(""))));
}

void finish(const VisitPtr& visit, const Result<app::NewSession>& session) {
  const auto next = own_path(visit->field("next"));
  if (session.ok()) {
    const auto where = next.empty() ? "/" + std::string(slug_of(visit->language)) + "/staff/" : next;
    return visit->reply({303, {{"Location", where}, session_cookie_header(session->token, visit->request.secure)}, {}});
  }
  auto error = session.error();
  const auto status = error.code == Code::unauthenticated ? 400 : status_of(error.code);
  visit->show(status, pages::sign_in_page(visit->setting(), typed_from(visit->form, std::move(error)), next));
}

void sign_in(const VisitPtr& visit) {
  on_worker(visit->services.workers, visit, [visit] {
    const auto& services = visit->services;
    visit->services.staff.sign_in(services.jurisdiction, std::string(visit->field("login")),
                                  std::string(visit->field("password")),
                                  [visit](const Result<app::NewSession>& session) { finish(visit, session); });
  });
}

void sign_out(const VisitPtr& visit) {
  const auto staff = signed_in(visit->request, visit->services);
  if (!staff) return visit->go("/staff/sign-in");
  if (!csrf_fits(*staff, visit->field("csrf"))) return visit->refuse({Code::forbidden, {key::csrf_missing}});
  const auto token = visit->request.cookie(session_cookie).value_or("");
  const auto& services = visit->services;
  visit->services.staff.sign_out(services.jurisdiction, token, [visit](const Result<void>& done) {
    // Whoever leaves is out of this browser, whether or not the session could be erased just now.
    Pairs forget{session_cookie_header("", visit->request.secure)};
    if (!done.ok()) return visit->refuse(done.error(), std::move(forget));
    visit->go("/staff/sign-in", std::move(forget));
  });
}

}  // namespace

std::optional<app::SignedIn> staff_of_page(const VisitPtr& visit) {
  auto staff = signed_in(visit->request, visit->services);
  if (staff) return staff;
  const bool by_get = visit->request.method != "POST";
  visit->go("/staff/sign-in" + (by_get ? "?next=" + percent_encoded(visit->request.path) : std::string()));
  return std::nullopt;
}

std::optional<app::SignedIn> sender_of_page(const VisitPtr& visit) {
  auto staff = staff_of_page(visit);
  if (!staff || csrf_fits(*staff, visit->field("csrf"))) return staff;
  visit->refuse({Code::forbidden, {key::csrf_missing}});
  return std::nullopt;
}

void add_sign_in_pages(Router& router, Services& services) {
  add_page(router, services, "GET", "/staff/sign-in", "sign_in", show_sign_in);
  add_page(router, services, "POST", "/staff/sign-in", "sign_in_post", sign_in);
  add_page(router, services, "POST", "/staff/sign-out", "sign_out", sign_out);
}

}  // namespace huiyin::http
