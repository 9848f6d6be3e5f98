// Absences and deputies, for staff.
#include "pages/absence_page.h"

#include <boost/json.hpp>

#include "http/api/absence_fields.h"
#include "http/pages/staff_visit.h"
#include "http/problem.h"
#include "http/visitor.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

constexpr std::string_view absence_address = "/staff/absence";

// What was typed and not taken.
struct TriedAbsence {
  pages::Typed own{}, other{};
};

void show_absences(const VisitPtr& visit, const app::SignedIn& staff, unsigned status, TriedAbsence tried) {
  const auto list = visit->services.staff.list_absences(visit->services.jurisdiction, staff.actor);
  if (!list.ok()) return visit->refuse(list.error());
  const auto done = status == 200 ? visit->request.parameter("done").value_or("") : std::string();
  const pages::AbsencePage page{staff, *list, done, std::move(tried.own), std::move(tried.other)};
  visit->show(status, pages::absence_page(visit->setting_at(std::string(absence_address)), page));
}

void show_own(const VisitPtr& visit) {
  if (const auto staff = staff_of_page(visit)) show_absences(visit, *staff, 200, {});
}

void show_fault(const VisitPtr& visit, const app::SignedIn& staff, Whose whose, const Error& error) {
  if (error.code != Code::invalid) return visit->refuse(error);
  TriedAbsence tried;
  (whose == Whose::named ? tried.other : tried.own) = typed_from(visit->form, error);
  show_absences(visit, staff, status_of(error.code), std::move(tried));
}

void set(const VisitPtr& visit, Whose whose) {
  const auto staff = sender_of_page(visit);
  if (!staff) return;
  auto absence = read_absence(fields_of(visit->form), whose);
  if (!absence.ok()) return show_fault(visit, *staff, whose, absence.error());
  visit->services.staff.set_absence(
      visit->services.jurisdiction, staff->actor, *std::move(absence), [visit, staff = *staff, whose](const Result<void>& done) {
        if (done.ok()) return visit->go(std::string(absence_address) + "?done=set");
        on_worker(visit->services.page_workers, visit,
                  [visit, staff, whose, error = done.error()] { show_fault(visit, staff, whose, error); });
      });
}

void end(const VisitPtr& visit) {
  const auto staff = sender_of_page(visit);
  if (!staff) return;
  visit->services.staff.end_absence(visit->services.jurisdiction, staff->actor, std::string(visit->field("login")),
                                    [visit](const Result<void>& done) {
                                      // Ended by somebody else meanwhile: what was wanted is so.
                                      if (!done.ok() && done.error().code != Code::not_found) return visit->refuse(done.error());
                                      visit->go(std::string(absence_address) + "?done=ended");
                                    });
}

}  // namespace

void add_absence_pages(Router& router, Services& services) {
  add_page(router, services, "GET", absence_address, "absence", show_own);
  add_page(router, services, "POST", absence_address, "absence_set",
           [](const VisitPtr& visit) { set(visit, Whose::own_or_named); });
  add_page(router, services, "POST", "/staff/absence/other", "absence_set_other",
           [](const VisitPtr& visit) { set(visit, Whose::named); });
  add_page(router, services, "POST", "/staff/absence/end", "absence_end", end);
}

}  // namespace huiyin::http
