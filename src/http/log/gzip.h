// Shorter bodies for clients that take gzip (RFC 9110 section 8.4.1.3, RFC 1952). Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace huiyin::http {

// Whether an Accept-Encoding header (RFC 9110 section 12.5.3) takes gzip: named, or meant by "*", and not with q=0.
bool accepts_gzip(std::string_view accept_encoding);

std::string gzipped(std::string_view body);

}  // namespace huiyin::http
