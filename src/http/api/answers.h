// What API handlers share: reading a JSON body, answering a Result, knowing the sender.
#pragma once

#include <boost/json/fwd.hpp>

#include "base/result.h"
#include "http/exchange.h"
#include "http/problem.h"
#include "http/visitor.h"

namespace huiyin::http {

// `invalid` when the body is no JSON object or not sent as application/json.
Result<boost::json::value> json_body(const Request& request);

Response refused(const Error& error, const Request& request);

// The signed-in member of staff; `unauthenticated` without a session, `forbidden` without the CSRF token where one is due.
Result<app::SignedIn> staff_of(const Request& request, const Services& services, bool changes_something);

// The actor behind a request about one case, and its record: by `Authorization: Case <secret>`, else by the session.
struct CaseSender {
  Actor actor;
  RecordId id;
};
Result<CaseSender> case_sender(const Request& request, const Services& services, bool changes_something);

inline constexpr std::string_view csrf_header = "X-CSRF-Token";

// Work that may wait for the Committer or for a password's hash, on a thread of `pool` and not on one that answers everybody.
void on_worker(WorkerPool& pool, Request request, Reply reply, std::function<void(const Request&, const Reply&)> work);

}  // namespace huiyin::http
