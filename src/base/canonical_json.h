// Canonical JSON (RFC 8785) of what the house hashes and signs: strings, integers, booleans, null, arrays and objects. A number
// with a fraction has no place in it (HUIYIN_ASSERT).
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

namespace huiyin {

std::string canonical_json(const boost::json::value& value);
// A string as RFC 8785 writes it, quotes included. The text must be UTF-8.
void write_canonical_string(std::string& out, std::string_view text);

}  // namespace huiyin
