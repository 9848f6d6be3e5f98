// Refusals as RFC 9457 problems, and the one place where a Code becomes an HTTP status. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "base/error.h"
#include "http/exchange.h"

namespace huiyin::http {

unsigned status_of(Code code) noexcept;
std::string_view reason_of(unsigned status) noexcept;  // RFC 9110 section 15; "" for a status we never send

// application/problem+json with type, title, status, detail, code, request_id and, for wrong fields, errors. Error::detail stays
// behind: it is the operator's.
Response problem(const Error& error, Language language, std::string_view request_id);
// The same under a status that no Code stands for (405, 414, 429, ...): type about:blank, title the reason phrase.
Response problem(const Error& error, unsigned status, Language language, std::string_view request_id);

Response json_response(unsigned status, std::string body);

// Whether an error should be a problem rather than a page: API paths, or an Accept header that prefers JSON to HTML.
bool prefers_problem(const Request& request);
Language language_of(const Request& request);  // by Accept-Language; zh when it names none of ours

}  // namespace huiyin::http
