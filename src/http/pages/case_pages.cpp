// A case for the person who raised it: track, read, rate, receipt, leave.
#include <boost/json.hpp>

#include "base/text.h"
#include "http/api/case_commands.h"
#include "http/pages/case_cookie.h"
#include "http/pages/visit.h"
#include "http/problem.h"
#include "pages/case_page.h"
#include "pages/track_page.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

// The reference of the address as we write it; the address was found fit before.
std::string own_reference(const Visit& visit) { return CaseReference::parse(visit.request.param("reference"))->text(); }

void show_track(const VisitPtr& visit) {
  pages::Typed typed;
  if (const auto reference = visit->request.parameter("reference")) typed.values.emplace_back("reference", *reference);
  visit->show(200, pages::track_page(visit->setting(), typed));
}

void track(const VisitPtr& visit) {
  auto& services = visit->services;
  const auto reference = CaseReference::parse(visit->field("reference"));
  const auto secret = normalise_case_secret(visit->field("secret"));
  if (reference && secret && services.cases.holder(services.jurisdiction, reference->text(), *secret).ok()) {
    return visit->go("/case/" + reference->text(),
                     {case_cookie_header(services, reference->text(), *secret, visit->request.secure)});
  }
  visit->show(400, pages::track_page(visit->setting(), typed_from(visit->form, {Code::not_found, {key::track_wrong}})));
}

// The holder of the case in the address; without the cookie, the way to it.
std::optional<Actor> holder_of(const VisitPtr& visit) {
  const auto reference = visit->request.param("reference");
  auto actor = case_holder(visit->request, visit->services, reference);
  if (actor.ok()) return *std::move(actor);
  const auto known = CaseReference::parse(reference);
  visit->go("/track" + (known ? "?reference=" + known->text() : std::string()));
  return std::nullopt;
}

// What was tried and not taken; empty when the case is only looked at.
struct Tried {
  std::string act{};
  pages::Typed typed{};
  std::optional<std::uint64_t> seen{};
};

void show_case(const VisitPtr& visit, const Actor& actor, unsigned status, Tried tried) {
  const auto view = visit->services.cases.read(visit->services.jurisdiction, actor, *actor.holds);
  if (!view.ok()) return visit->refuse(view.error());
  visit->show(status, pages::case_page(visit->setting_at("/case/" + view->state.reference),
                                       {*view, std::move(tried.act), std::move(tried.typed), tried.seen}));
}

void read(const VisitPtr& visit) {
  if (const auto actor = holder_of(visit)) show_case(visit, *actor, 200, {});
}

void act(const VisitPtr& visit) {
  const auto actor = holder_of(visit);
  if (!actor) return;
  auto& services = visit->services;
  const std::string name(visit->request.param("act"));
  auto command = read_command(name, fields_of(visit->form));
  if (!command.ok()) {
    if (command.error().code == Code::not_found) return visit->refuse(command.error());
    return show_case(visit, *actor, 400, {name, typed_from(visit->form, command.error())});
  }
  const auto seen = command->version;
  services.cases.act(services.jurisdiction, *actor, *actor->holds, seen, std::move(command->command),
                     [visit, actor = *actor, name, seen](const Result<std::uint64_t>& version) {
                       if (version.ok()) return visit->go("/case/" + own_reference(*visit));
                       // Reading the case again is no work for the thread that writes.
                       on_worker(visit->services.page_workers, visit, [visit, actor, name, seen, error = version.error()] {
                         show_case(visit, actor, status_of(error.code), {name, typed_from(visit->form, error), seen});
                       });
                     });
}

void download(const VisitPtr& visit) {
  const auto actor = holder_of(visit);
  if (!actor) return;
  on_worker(visit->services.page_workers, visit, [visit, actor = *actor] {
    const auto& services = visit->services;
    const auto receipt = visit->services.cases.receipt(services.jurisdiction, actor, *actor.holds);
    if (!receipt.ok()) return visit->refuse(receipt.error());
    const auto name = own_reference(*visit) + ".huiyin-receipt";
    auto response = json_response(200, to_text(*receipt));
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    visit->reply(std::move(response));
  });
}

void leave(const VisitPtr& visit) { visit->go("/", {forget_case_header(visit->request.secure)}); }

}  // namespace

void add_case_pages(Router& router, Services& services) {
  add_page(router, services, "GET", "/track", "track", show_track);
  add_page(router, services, "POST", "/track", "track_open", track);
  add_page(router, services, "GET", "/case/{reference}", "case", read);
  add_page(router, services, "GET", "/case/{reference}/receipt", "case_receipt", download);
  add_page(router, services, "POST", "/case/{reference}/leave", "case_leave", leave);
  add_page(router, services, "POST", "/case/{reference}/{act}", "case_act", act);
}

}  // namespace huiyin::http
