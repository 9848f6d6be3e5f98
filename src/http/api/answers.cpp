#include "http/api/answers.h"

#include <boost/json.hpp>

#include "app/store_error.h"
#include "base/json.h"
#include "base/text.h"
#include "http/worker_pool.h"
#include "texts/keys.h"

namespace huiyin::http {

Result<boost::json::value> json_body(const Request& request) {
  const auto type = request.header("Content-Type");
  if (!same_ignoring_case(trimmed(type.substr(0, type.find(';'))), "application/json")) {
    return invalid_fields({{"Content-Type", shortened(type), {key::expected_utf8_json}}});
  }
  return parse_json(request.body);
}

Response refused(const Error& error, const Request& request) { return problem(error, language_of(request), request.id); }

Result<app::SignedIn> staff_of(const Request& request, const Services& services, bool changes_something) {
  auto staff = signed_in(request, services);
  if (!staff) return Error{Code::unauthenticated, {key::may_not_unknown}};
  if (changes_something && !csrf_fits(*staff, request.header(csrf_header))) return Error{Code::forbidden, {key::csrf_missing}};
  return *std::move(staff);
}

Result<CaseSender> case_sender(const Request& request, const Services& services, bool changes_something) {
  constexpr std::string_view scheme = "Case ";
  const auto authorization = request.header("Authorization");
  if (authorization.size() > scheme.size() && same_ignoring_case(authorization.substr(0, scheme.size()), scheme)) {
    auto holder = services.cases.holder(services.jurisdiction, request.param("reference"), authorization.substr(scheme.size()));
    if (!holder.ok()) return std::move(holder).error();
    const auto id = *holder->holds;
    return CaseSender{*std::move(holder), id};
  }
  auto staff = staff_of(request, services, changes_something);
  if (!staff.ok()) return std::move(staff).error();
  const auto id = services.cases.find(services.jurisdiction, request.param("reference"));
  if (!id.ok()) return id.error();
  return CaseSender{std::move(staff->actor), *id};
}

void on_worker(WorkerPool& pool, Request request, Reply reply, std::function<void(const Request&, const Reply&)> work) {
  auto guarded = [request, reply, work = std::move(work)] {
    try {
      work(request, reply);
    } catch (const app::StoreFailure& fault) {
      reply(refused(app::error_of(fault), request));
    }
  };
  if (!pool.post(std::move(guarded))) reply(refused({Code::overloaded, {key::committer_overloaded}}, request));
}

}  // namespace huiyin::http
