// /api/v1/absences: who is away, and who acts for them.
#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "http/api.h"
#include "http/api/absence_fields.h"
#include "http/api/answers.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

namespace json = boost::json;

json::object person(const Member& member) { return {{"login", member.login}, {"name", member.name}}; }

json::value days(const std::optional<Absence>& absence) {
  if (!absence) return nullptr;
  return json::object{{"first_day", to_iso(absence->first)}, {"last_day", to_iso(absence->last)}};
}

json::object item_json(const app::AbsenceItem& item) {
  return {{"login", item.staff.login},
          {"name", item.staff.name},
          {"deputy", person(item.deputy)},
          {"first_day", to_iso(item.absence.first)},
          {"last_day", to_iso(item.absence.last)},
          {"set_by", item.set_by},
          {"set_at", to_rfc3339(item.absence.set_at)},
          {"deputy_away", days(item.deputy_away)}};
}

json::array items_json(const std::vector<app::AbsenceItem>& items) {
  json::array out;
  for (const auto& item : items) out.push_back(item_json(item));
  return out;
}

std::string absences_json(const app::AbsenceList& list) {
  json::array deputies;
  for (const auto& [member, away] : list.deputies) {
    auto one = person(member);
    one["away"] = days(away);
    deputies.push_back(std::move(one));
  }
  auto out = person(list.whose);
  out["absence"] = list.own ? json::value(item_json(*list.own)) : json::value(nullptr);
  out["acts_for"] = items_json(list.acts_for);
  out["deputies"] = std::move(deputies);
  out["others"] = items_json(list.others);
  return json_text(out);
}

// The `login` of the address; "" for one's own. Nothing else may stand there.
Result<std::string> login_of(const Request& request) {
  for (const auto& [name, value] : request.query) {
    if (name != "login") return invalid_field(shortened(name), shortened(value), {key::expected_no_such_field});
  }
  return request.parameter("login").value_or("");
}

void answer_with_list(Services& services, const app::SignedIn& staff, const std::string& login, const Request& request,
                      const Reply& reply) {
  const auto found = services.staff.list_absences(services.jurisdiction, staff.actor, login);
  if (!found.ok()) return reply(refused(found.error(), request));
  reply(json_response(200, absences_json(*found)));
}

void list_absences(Services& services, const Request& request, const Reply& reply) {
  const auto staff = staff_of(request, services, false);
  if (!staff.ok()) return reply(refused(staff.error(), request));
  const auto login = login_of(request);
  if (!login.ok()) return reply(refused(login.error(), request));
  answer_with_list(services, *staff, *login, request, reply);
}

void set(Services& services, Request request, Reply reply) {
  auto staff = staff_of(request, services, true);
  if (!staff.ok()) return reply(refused(staff.error(), request));
  const auto fields = json_body(request);
  if (!fields.ok()) return reply(refused(fields.error(), request));
  auto absence = read_absence(*fields, Whose::own_or_named);
  if (!absence.ok()) return reply(refused(absence.error(), request));
  const auto login = absence->login;
  const auto actor = staff->actor;
  services.staff.set_absence(services.jurisdiction, actor, *std::move(absence),
                             [&services, staff = *std::move(staff), login, request = std::move(request),
                              reply = std::move(reply)](const Result<void>& done) {
                               if (!done.ok()) return reply(refused(done.error(), request));
                               on_worker(services.page_workers, request, reply,
                                         [&services, staff, login](const auto& sent, const auto& answer) {
                                           answer_with_list(services, staff, login, sent, answer);
                                         });
                             });
}

void end(Services& services, Request request, Reply reply) {
  const auto staff = staff_of(request, services, true);
  if (!staff.ok()) return reply(refused(staff.error(), request));
  const auto login = login_of(request);
  if (!login.ok()) return reply(refused(login.error(), request));
  services.staff.end_absence(services.jurisdiction, staff->actor, *login,
                             [request = std::move(request), reply = std::move(reply)](const Result<void>& done) {
                               reply(done.ok() ? Response{204} : refused(done.error(), request));
                             });
}

}  // namespace

Result<app::NewAbsence> read_absence(const json::value& fields, Whose whose) {
  FieldReader reader(fields);
  const TextLimits login_limits{1, app::login_characters_max};
  app::NewAbsence absence;
  if (whose == Whose::named) absence.login = reader.required_text("login", login_limits);
  else absence.login = reader.text("login", login_limits).value_or("");
  absence.deputy = reader.required_text("deputy", login_limits);
  absence.first = reader.required_day("first_day", key::expected_day).value_or(Day{});
  absence.last = reader.required_day("last_day", key::expected_day).value_or(Day{});
  if (auto wrong = reader.done(); !wrong.empty()) return invalid_fields(std::move(wrong));
  return absence;
}

std::vector<Route> absence_routes(Services& services) {
  return {
      {"GET", "/api/v1/absences", "list_absences",
       [&](const Request& request, const Reply& reply) { list_absences(services, request, reply); }},
      {"PUT", "/api/v1/absences", "set_absence",
       [&](Request request, Reply reply) { set(services, std::move(request), std::move(reply)); }},
      {"DELETE", "/api/v1/absences", "end_absence",
       [&](Request request, Reply reply) { end(services, std::move(request), std::move(reply)); }},
  };
}

}  // namespace huiyin::http
