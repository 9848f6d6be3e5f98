#include "http/problem.h"

#include <boost/json.hpp>
#include <cstdlib>

#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

// What an overloaded or closed server asks for before another try.
constexpr std::string_view retry_after_seconds = "5";

Key title_of(Code code) noexcept {
  switch (code) {
    case Code::invalid: return key::http_title_invalid;
    case Code::unauthenticated: return key::http_title_unauthenticated;
    case Code::forbidden: return key::http_title_forbidden;
    case Code::not_found: return key::http_title_not_found;
    case Code::conflict: return key::http_title_conflict;
    case Code::too_large: return key::http_title_too_large;
    case Code::overloaded: return key::http_title_overloaded;
    case Code::unavailable: return key::http_title_unavailable;
    case Code::internal: return key::http_title_internal;
  }
  return key::http_title_internal;
}

boost::json::array errors_of(const Error& error, Language language) {
  boost::json::array errors;
  for (const auto& field : error.fields) {
    const auto expected = say(field.expected, language);
    errors.push_back(boost::json::object{{"field", field.field}, {"got", field.got}, {"expected", expected}});
  }
  return errors;
}

// The weight an Accept header (RFC 9110 section 12.5.1) gives to one of these media types, 0 when it names none of them.
double weight_of(std::string_view accept, std::initializer_list<std::string_view> types) {
  double best = 0;
  while (!accept.empty()) {
    const auto comma = accept.find(',');
    const auto part = trimmed(accept.substr(0, comma));
    accept = comma == std::string_view::npos ? std::string_view() : accept.substr(comma + 1);
    const auto type = trimmed(part.substr(0, part.find(';')));
    const auto q = part.find("q=");
    const double weight = q == std::string_view::npos ? 1 : std::strtod(std::string(part.substr(q + 2)).c_str(), nullptr);
    for (const auto wanted : types) {
      if (same_ignoring_case(type, wanted)) best = std::max(best, weight);
    }
  }
  return best;
}

}  // namespace

unsigned status_of(Code code) noexcept {
  switch (code) {
    case Code::invalid: return 400;
    case Code::unauthenticated: return 401;
    case Code::forbidden: return 403;
    case Code::not_found: return 404;
    case Code::conflict: return 409;
    case Code::too_large: return 413;
    case Code::overloaded: return 503;  // 429 would blame the client; it is the server that has too much to do
    case Code::unavailable: return 503;
    case Code::internal: return 500;
  }
  return 500;
}

std::string_view reason_of(unsigned status) noexcept {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 451: return "Unavailable For Legal Reasons";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    default: return "";
  }
}

Response problem(const Error& error, Language language, std::string_view request_id) {
  return problem(error, status_of(error.code), language, request_id);
}

Response problem(const Error& error, unsigned status, Language language, std::string_view request_id) {
  const bool by_code = status == status_of(error.code);
  boost::json::object body;
  // RFC 9457 section 4.2.1: with about:blank the title is the status phrase.
  body["type"] = by_code ? "urn:huiyin:problem:" + std::string(name_of(error.code)) : "about:blank";
  body["title"] = by_code ? say(title_of(error.code), language) : std::string(reason_of(status));
  body["status"] = status;
  body["detail"] = say(error.message, language);
  body["code"] = name_of(error.code);
  body["request_id"] = request_id;
  if (!error.fields.empty()) body["errors"] = errors_of(error, language);
  Response response{status, {{"Content-Type", "application/problem+json"}}, {}};
  response.headers.emplace_back("Content-Language", tag_of(language));
  if (status == 503) response.headers.emplace_back("Retry-After", retry_after_seconds);
  response.body = boost::json::serialize(body);
  return response;
}

Response json_response(unsigned status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

bool prefers_problem(const Request& request) {
  for (const std::string_view start : {"/api/", "/log/", "/open311"}) {
    if (request.path.starts_with(start)) return true;
  }
  const auto accept = request.header("accept");
  const double for_data = weight_of(accept, {"application/json", "application/problem+json"});
  return for_data > weight_of(accept, {"text/html", "application/xhtml+xml"});
}

Language language_of(const Request& request) { return language_from_header(request.header("accept-language"), Language::zh); }

}  // namespace huiyin::http
