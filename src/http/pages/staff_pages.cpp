// The desk: the list of cases, a case with its acts.
#include <boost/json.hpp>

#include "http/api/case_commands.h"
#include "http/api/case_json.h"
#include "http/pages/staff_visit.h"
#include "http/problem.h"
#include "http/visitor.h"
#include "pages/error_page.h"
#include "pages/form.h"
#include "pages/staff_case_page.h"
#include "pages/staff_list_page.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

template <class Code>
std::optional<Code> code_of(const Request& request, std::string_view name) {
  auto value = request.parameter(name);
  if (!value || !is_code(*value)) return std::nullopt;
  return Code{*std::move(value)};
}

pages::ListQuery list_query_of(const Request& request) {
  pages::ListQuery query;
  if (const auto phase = request.parameter("phase")) query.phase = from_name<cases::Phase>(*phase);
  query.unit = code_of<UnitCode>(request, "unit");
  query.category = code_of<CategoryCode>(request, "category");
  query.due_first = request.parameter("due").has_value();
  query.returned = request.parameter("returned").has_value();
  query.urgent = request.parameter("urgent").has_value();
  query.proposed = request.parameter("proposed").has_value();
  query.mine = request.parameter("mine").has_value();
  return query;
}

app::CaseFilter filter_of(const pages::ListQuery& query, UserId reader) {
  app::CaseFilter filter;
  filter.urgent = query.urgent;
  filter.proposed = query.proposed;
  if (query.mine) filter.handler = reader;
  filter.phase = query.phase;
  filter.unit = query.unit;
  filter.category = query.category;
  filter.returned = query.returned;
  if (query.due_first) filter.due_before = latest_instant;
  filter.count = pages::list_page_rows + 1;  // one more tells whether there is another page
  return filter;
}

void list(const VisitPtr& visit) {
  const auto staff = staff_of_page(visit);
  if (!staff) return;
  // Nothing of the list is for a steward: the one page there is for them.
  if (visible(staff->actor, visit->services.jurisdiction.pack, cases::Case::rights()).nothing())
    return visit->go("/staff/absence");
  auto& desk = visit->services.cases;
  const auto& jurisdiction = visit->services.jurisdiction;
  pages::StaffListPage page{*staff, list_query_of(visit->request)};
  auto filter = filter_of(page.query, staff->user);
  if (const auto cursor = visit->request.parameter("after")) page.first_page = !read_cursor(*cursor, filter);
  auto items = desk.list(jurisdiction, staff->actor, filter);
  if (!items.ok()) return visit->refuse(items.error());
  page.items = *std::move(items);
  if (page.items.size() > pages::list_page_rows) {
    page.items.resize(pages::list_page_rows);
    page.older = cursor_after(page.items.back().row, filter);
  }
  if (page.first_page && pages::is_plain(page.query)) {
    auto urgent = desk.list(jurisdiction, staff->actor, {.visible = {}, .urgent = true});
    if (!urgent.ok()) return visit->refuse(urgent.error());
    page.urgent = *std::move(urgent);
    auto closed = desk.list_without_dispatcher(jurisdiction, staff->actor);
    if (!closed.ok()) return visit->refuse(closed.error());
    page.without_dispatcher = *std::move(closed);
  }
  auto counts = desk.count_by_phase(jurisdiction, staff->actor);
  if (!counts.ok()) return visit->refuse(counts.error());
  page.counts = *std::move(counts);
  page.done = visit->request.parameter("done").value_or("");
  page.sees_all_units = visible(staff->actor, jurisdiction.pack, cases::Case::rights()).all;
  visit->show(200, pages::staff_list_page(visit->setting(), page));
}

// What was tried and not taken; empty when a case is only looked at.
struct TriedByStaff {
  std::string act{};
  pages::Typed typed{};
  std::optional<std::uint64_t> seen{};
};

// As many as were asked for, and as were filled in.
std::size_t split_blocks_of(const Request& request, const pages::Typed& typed) {
  std::size_t blocks = request.parameter("parts") ? cases::split_cases_max : pages::split_blocks_usual;
  for (std::size_t i = blocks; i < cases::split_cases_max; ++i) {
    if (!typed.value("parts." + std::to_string(i) + ".body").empty()) blocks = i + 1;
  }
  return blocks;
}

// The other officers of the reader's unit.
std::vector<pages::Option> colleagues_of(const Visit& visit, const app::SignedIn& staff, const cases::State& state) {
  std::vector<pages::Option> out;
  for (const auto& one : visit.services.staff.list_unit(visit.services.jurisdiction, staff.actor)) {
    if (one.is(Role::officer) && one.id != state.handler) out.push_back({one.login, one.name});
  }
  return out;
}

void show_case(const VisitPtr& visit, const app::SignedIn& staff, RecordId id, unsigned status, TriedByStaff tried) {
  const auto view = visit->services.cases.read(visit->services.jurisdiction, staff.actor, id);
  const auto done = tried.act.empty() ? visit->request.parameter("done").value_or("") : std::string();
  // Whoever decided a review or stepped aside has nothing to do with it any more: that it was done is told on the list.
  if (!view.ok() && view.error().code == Code::forbidden && is_code(done)) return visit->go("/staff/?done=" + done);
  // It was taken out of their hands while they wrote.
  if (!view.ok() && !tried.act.empty()) {
    const auto refused = status_of(view.error().code);
    return visit->show(refused, pages::error_page(visit->setting_at(""), view.error(), refused, visit->request.id,
                                                  pages::written_in(tried.typed)));
  }
  if (!view.ok()) return visit->refuse(view.error());
  pages::StaffCasePage page{staff, *view, done, std::move(tried.act), std::move(tried.typed), tried.seen};
  if (offers(*view, cases::ChangeHandler::name)) page.colleagues = colleagues_of(*visit, staff, view->state);
  page.split_blocks = split_blocks_of(visit->request, page.typed);
  visit->show(status, pages::staff_case_page(visit->setting_at("/staff/cases/" + view->state.reference), page));
}

// The case of the address, for staff; nothing when the answer was given already.
std::optional<RecordId> record_of(const VisitPtr& visit) {
  const auto id = visit->services.cases.find(visit->services.jurisdiction, visit->request.param("reference"));
  if (id.ok()) return *id;
  visit->refuse(id.error());
  return std::nullopt;
}

void read_as_staff(const VisitPtr& visit) {
  const auto staff = staff_of_page(visit);
  if (!staff) return;
  if (const auto id = record_of(visit)) show_case(visit, *staff, *id, 200, {});
}

void act_as_staff(const VisitPtr& visit) {
  const auto staff = sender_of_page(visit);
  if (!staff) return;
  const auto id = record_of(visit);
  if (!id) return;
  const std::string name(visit->request.param("act"));
  auto command = read_command(name, fields_of(visit->form));
  if (!command.ok()) {
    if (command.error().code == Code::not_found) return visit->refuse(command.error());
    return show_case(visit, *staff, *id, status_of(command.error().code), {name, typed_from(visit->form, command.error())});
  }
  const auto& services = visit->services;
  const auto seen = command->version;
  visit->services.cases.act(
      services.jurisdiction, staff->actor, *id, seen, std::move(command->command),
      [visit, staff = *staff, id = *id, name, seen](const Result<std::uint64_t>& version) {
        if (version.ok())
          return visit->go("/staff/cases/" + CaseReference::parse(visit->request.param("reference"))->text() + "?done=" + name);
        on_worker(visit->services.page_workers, visit, [visit, staff, id, name, seen, error = version.error()] {
          show_case(visit, staff, id, status_of(error.code), {name, typed_from(visit->form, error), seen});
        });
      });
}

}  // namespace

void add_staff_pages(Router& router, Services& services) {
  add_page(router, services, "GET", "/staff", "staff_bare", [](const VisitPtr& visit) { visit->go("/staff/"); });
  add_page(router, services, "GET", "/staff/", "staff_list", list);
  add_page(router, services, "GET", "/staff/cases/{reference}", "staff_case", read_as_staff);
  add_page(router, services, "POST", "/staff/cases/{reference}/{act}", "staff_act", act_as_staff);
}

}  // namespace huiyin::http
