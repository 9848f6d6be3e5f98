// --listen: where a server waits for requests.
#pragma once

#include <string>

#include "http/server.h"

namespace huiyin {

// "127.0.0.1:8311" or "[::1]:8311"; throws a sentence for anything else.
void read_listen(const std::string& listen, http::ServerSettings& settings);
// The address as it stands in a link: with brackets where it has colons.
std::string shown_address(const http::ServerSettings& settings);

}  // namespace huiyin
