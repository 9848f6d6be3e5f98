// /api/v1/session, /api/v1/me: signing in and out; /api/v1/clock: a steward's word on the server's time.
#include <boost/json.hpp>

#include "base/json.h"
#include "http/api.h"
#include "http/api/answers.h"
#include "http/worker_pool.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

namespace json = boost::json;

std::string staff_json(const app::SignedIn& staff) {
  json::array roles;
  for (const auto role : staff.actor.roles) roles.emplace_back(name_of(role));
  json::array acts_for;
  for (const auto& one : staff.acts_for) {
    acts_for.push_back(json::object{{"login", one.absent.login}, {"name", one.absent.name}, {"until", to_iso(one.until)}});
  }
  const json::object out{{"login", staff.login},
                         {"name", staff.name},
                         {"roles", std::move(roles)},
                         {"unit", staff.actor.unit ? json::value(staff.actor.unit->text) : json::value(nullptr)},
                         {"acts_for", std::move(acts_for)},
                         {"csrf_token", staff.csrf},
                         {"expires_at", to_rfc3339(staff.expires)}};
  return json_text(out);
}

void sign_in(Services& services, Request request, Reply reply) {
  const auto fields = json_body(request);
  if (!fields.ok()) return reply(refused(fields.error(), request));
  FieldReader reader(*fields);
  auto login = reader.required_text("login", {1, app::login_characters_max});
  auto password = reader.required_text("password", {1, app::password_characters_max});
  if (auto wrong = reader.done(); !wrong.empty()) return reply(refused(invalid_fields(std::move(wrong)), request));
  on_worker(services.workers, std::move(request), std::move(reply),
            [&services, login = std::move(login), password = std::move(password)](const Request& sent, const Reply& answer) {
              services.staff.sign_in(services.jurisdiction, login, password, [sent, answer](Result<app::NewSession> session) {
                if (!session.ok()) return answer(refused(session.error(), sent));
                auto response = json_response(201, staff_json(session->staff));
                response.headers.push_back(session_cookie_header(session->token, sent.secure));
                answer(std::move(response));
              });
            });
}

void sign_out(Services& services, Request request, Reply reply) {
  const auto staff = staff_of(request, services, true);
  if (!staff.ok()) return reply(refused(staff.error(), request));
  const auto token = request.cookie(session_cookie).value_or("");
  services.staff.sign_out(services.jurisdiction, token,
                          [request = std::move(request), reply = std::move(reply)](Result<void> done) {
                            // Out of this browser, whether or not the session could be erased just now.
                            auto response = done.ok() ? Response{204} : refused(done.error(), request);
                            response.headers.push_back(session_cookie_header("", request.secure));
                            reply(std::move(response));
                          });
}

void me(Services& services, const Request& request, const Reply& reply) {
  const auto staff = staff_of(request, services, false);
  if (!staff.ok()) return reply(refused(staff.error(), request));
  reply(json_response(200, staff_json(*staff)));
}

// After the wall clock has jumped nothing is written until a steward says that it is right now (committer.h).
void confirm_time(Services& services, const Request& request, const Reply& reply) {
  const auto staff = staff_of(request, services, true);
  if (!staff.ok()) return reply(refused(staff.error(), request));
  if (!staff->actor.is(Role::steward)) return reply(refused({Code::forbidden, {key::may_not_role}}, request));
  services.committer.confirm_time();
  reply({204, {}, {}});
}

}  // namespace

std::vector<Route> session_routes(Services& services) {
  return {
      {"POST", "/api/v1/session", "sign_in",
       [&](Request request, Reply reply) { sign_in(services, std::move(request), std::move(reply)); }},
      {"DELETE", "/api/v1/session", "sign_out",
       [&](Request request, Reply reply) { sign_out(services, std::move(request), std::move(reply)); }},
      {"GET", "/api/v1/me", "me", [&](const Request& request, const Reply& reply) { me(services, request, reply); }},
      {"POST", "/api/v1/clock/confirm", "confirm_time",
       [&](const Request& request, const Reply& reply) { confirm_time(services, request, reply); }},
  };
}

}  // namespace huiyin::http
