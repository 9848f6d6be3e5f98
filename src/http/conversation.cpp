#include "http/conversation.h"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "app/store_error.h"
#include "base/text.h"
#include "http/problem.h"
#include "http/wire.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

constexpr std::size_t fault_characters_max = 300;
constexpr std::size_t id_bytes = 12;
constexpr std::size_t ids_at_once = 256;
constexpr std::string_view public_prefix = "/log/";

std::string_view known_method(std::string_view method) {
  // A method is any token a stranger likes; the log shall not carry strangers' words.
  for (const std::string_view known : {"GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
    if (method == known) return known;
  }
  return "other";
}

}  // namespace

void Shared::register_metrics() {
  const auto add = [&](const std::string& route, const std::string& method) {
    auto& row = requests.emplace_back();
    for (std::size_t i = 1; i < row.size(); ++i) {
      const Metrics::Labels labels{{"route", route}, {"method", method}, {"status", std::to_string(i) + "xx"}};
      row.at(i) = &metrics.counter("huiyin_http_requests_total", "Requests answered.", labels);
    }
  };
  for (const auto& route : router.routes()) add(route.name, route.method);
  add("none", "any");
  seconds = &metrics.histogram("huiyin_http_request_seconds", "From the whole head of a request to the end of its answer.");
  faults = &metrics.counter("huiyin_http_faults_total", "Handlers that threw, lost their reply or took too long.");
  metrics.gauge("huiyin_http_connections", "Open connections.", [this] { return static_cast<double>(connections.load()); });
  metrics.gauge("huiyin_http_requests_running", "Requests waiting for their handler.",
                [this] { return static_cast<double>(running.load()); });
}

void Shared::remove_gauges() {
  metrics.remove_gauge("huiyin_http_connections");
  metrics.remove_gauge("huiyin_http_requests_running");
}

void Shared::fault(std::string_view id, std::string_view what) {
  faults->add();
  const auto words = is_text(what) ? first_characters(what, fault_characters_max) : std::string_view("(no text)");
  if (!log) return;
  const auto quoted = boost::json::serialize(boost::json::string_view(words));
  log(fmt::format(R"({{"t":"{}","id":"{}","fault":{}}})", to_rfc3339(clock.now()), id, quoted));
}

std::string IdSource::next() {
  if (store_.empty()) {
    std::array<std::uint8_t, id_bytes * ids_at_once> bytes{};
    const std::lock_guard lock(shared_.random_mutex);
    shared_.random.fill(bytes);
    store_.assign(as_text(bytes));
  }
  const auto at = store_.size() - id_bytes;
  auto id = to_base64url(as_bytes(std::string_view(store_).substr(at)));
  store_.resize(at);
  return id;
}

Conversation::Conversation(Shared& shared, IdSource& ids, const NetAddress& peer)
    : shared_(shared), ids_(ids), peer_(peer), peer_text_(peer.text()), peer_is_proxy_(shared.proxies.contains(peer)) {}

void Conversation::next() {
  reader_.next();
  route_ = nullptr;
}

bool Conversation::expects_continue() const { return !reader_.is_http_1_0() && !known_.header("expect").empty(); }

void Conversation::identify() {
  began_ = Machine::now();
  auto& request = reader_.request();
  request.id = ids_.next();
  if (peer_is_proxy_) {
    auto origin = shared_.proxies.origin_of(peer_, request);
    request.client = std::move(origin.client);
    request.secure = origin.secure;
  } else {
    request.client = peer_text_;
  }
  known_.id = request.id;
  known_.method = request.method;
  known_.path = request.path;
  known_.secure = request.secure;
  known_.headers.clear();
  for (const auto& [name, value] : request.headers) {
    for (const std::string_view kept : {"accept", "accept-language", "expect", "host"}) {
      if (same_ignoring_case(name, kept)) known_.headers.emplace_back(name, value);
    }
  }
}

std::optional<Response> Conversation::answer_early() {
  auto& request = reader_.request();
  const auto& settings = shared_.settings;
  if (settings.requests_per_minute > 0 && (settings.limit_loopback || !is_the_machine_itself(request))) {
    if (const auto wait = shared_.rate_limit.refuse(request.client, shared_.clock.monotonic())) {
      const auto seconds = std::to_string(wait->count());
      auto response = error_response({Code::overloaded, {key::http_too_many_requests, {{"seconds", seconds}}}}, 429);
      response.headers.emplace_back("Retry-After", seconds);
      return response;
    }
  }
  if (request.path == "*") return Response{204, {{"Allow", "GET, HEAD, OPTIONS, POST"}}, {}};
  auto match = shared_.router.match(request.method, request.path);
  using Outcome = Router::Outcome;
  if (match.outcome == Outcome::malformed) return error_response({Code::invalid, {key::http_bad_escape}}, 400);
  if (match.outcome == Outcome::not_found) return error_response({Code::not_found, {key::http_no_such_address}}, 404);
  if (match.outcome == Outcome::options) return Response{204, {{"Allow", match.allow}}, {}};
  if (match.outcome == Outcome::wrong_method) {
    auto response = error_response({Code::invalid, {key::http_wrong_method, {{"allow", match.allow}}}}, 405);
    response.headers.emplace_back("Allow", match.allow);
    return response;
  }
  route_ = match.route;
  request.params = std::move(match.params);
  reader_.limit_body(route_->body_bytes_max);
  if (reader_.declared_bytes() > route_->body_bytes_max) return refusal_of(Received::refused);
  const auto expectation = known_.header("expect");
  if (!reader_.is_http_1_0() && !expectation.empty() && !same_ignoring_case(expectation, "100-continue")) {
    return error_response({Code::invalid, {key::http_unsupported_expectation}}, 417);
  }
  return std::nullopt;
}

void Conversation::hand_over(const std::shared_ptr<Mailbox>& mailbox, const std::shared_ptr<Pending>& pending) {
  const auto ticket = std::make_shared<Ticket>(mailbox, pending);
  try {
    Reply reply = [ticket](Response response) { ticket->use(std::move(response)); };
    route_->handler(std::move(reader_.request()), std::move(reply));
  } catch (const app::StoreFailure& fault) {
    shared_.fault(known_.id, fault.what());
    const auto error = app::error_of(fault);
    ticket->use(error_response(error, status_of(error.code)));
  } catch (const std::exception& fault) {
    shared_.fault(known_.id, fault.what());
    pending->arrive(std::nullopt);
  } catch (...) {
    shared_.fault(known_.id, "an exception of unknown type");
    pending->arrive(std::nullopt);
  }
}

Response Conversation::reply_of(Pending& pending) {
  if (pending.response) return std::move(*pending.response);
  if (pending.arrived) return error_response({Code::internal, {key::http_internal}}, 500);
  shared_.fault(known_.id, "no reply within handler_timeout");
  return error_response({Code::unavailable, {key::http_handler_timeout}}, 503);
}

Response Conversation::refusal_of(Received received) {
  if (received == Received::late) return error_response({Code::unavailable, {key::http_request_timeout}}, 408);
  if (received == Received::cut) return error_response({Code::invalid, {key::http_malformed}}, 400);
  return error_response(reader_.refusal().error, reader_.refusal().status);
}

Response Conversation::too_many_connections() {
  return error_response({Code::overloaded, {key::http_too_many_connections}}, 503);
}

Response Conversation::error_response(const Error& error, unsigned status) {
  const auto& page = shared_.router.error_page();
  // Without a path not even the head was understood, and no page could fit.
  if (page && !known_.path.empty() && !prefers_problem(known_)) {
    try {
      auto response = page(error, status, known_);
      response.status = status;
      if (status == 503) response.headers.emplace_back("Retry-After", "5");
      return response;
    } catch (const std::exception& fault) {
      shared_.fault(known_.id, fault.what());
    }
  }
  return problem(error, status, language_of(known_), known_.id);
}

Response Conversation::sendable(Response response) {
  if (!is_sendable(response)) {
    shared_.fault(known_.id, "a handler gave a status or header that cannot be sent");
    response = problem({Code::internal, {key::http_internal}}, language_of(known_), known_.id);
  }
  // What is public is so for the scripts of every page, and so is why it was refused.
  if (known_.path.starts_with(public_prefix)) response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return response;
}

void Conversation::record(unsigned status, std::size_t bytes) {
  const std::chrono::duration<double> seconds = Machine::now() - began_;
  const auto row = route_ != nullptr ? route_->number : shared_.requests.size() - 1;
  shared_.requests[row].at(status / 100)->add();
  shared_.seconds->observe(seconds.count());
  if (!shared_.log) return;
  const std::string_view route = route_ != nullptr ? std::string_view(route_->pattern) : "";
  fmt::memory_buffer line;
  fmt::format_to(
      std::back_inserter(line), R"({{"t":"{}","id":"{}","method":"{}","route":"{}","status":{},"bytes":{},"ms":{:.2f}}})",
      to_rfc3339(shared_.clock.now()), known_.id, known_method(known_.method), route, status, bytes, seconds.count() * 1000);
  shared_.log({line.data(), line.size()});
}

}  // namespace huiyin::http
