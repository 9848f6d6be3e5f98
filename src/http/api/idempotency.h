// What makes a filing happen once: the key a client gives it, and what is remembered of the request under that key.
#pragma once

#include <optional>
#include <string_view>

#include "app/case/case_desk.h"
#include "http/exchange.h"
#include "http/services.h"

namespace huiyin::http {

// Keyed: a bare hash in the database would let whoever reads it try out which words were sent, also after their erasure.
crypto::Hash remembered_request(Services& services, std::string_view request);

// The Idempotency-Key of a request; nothing without one.
Result<std::optional<app::Filing::Once>> read_once(const Request& request, Services& services);

}  // namespace huiyin::http
