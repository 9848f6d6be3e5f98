#include "main/listen.h"

#include <fmt/format.h>

#include <stdexcept>

namespace huiyin {

void read_listen(const std::string& listen, http::ServerSettings& settings) {
  const auto colon = listen.rfind(':');
  unsigned port = 0;
  try {
    if (colon == std::string::npos) throw std::invalid_argument(listen);
    std::size_t used = 0;
    const auto digits = listen.substr(colon + 1);
    port = static_cast<unsigned>(std::stoul(digits, &used));
    if (used != digits.size() || port > 65535) throw std::invalid_argument(listen);
  } catch (const std::exception&) {
    throw std::runtime_error(fmt::format("--listen: got '{}', expected ADDRESS:PORT such as 127.0.0.1:8311", listen));
  }
  settings.address = listen.substr(0, colon);
  if (settings.address.starts_with('[') && settings.address.ends_with(']'))
    settings.address = settings.address.substr(1, settings.address.size() - 2);
  settings.port = static_cast<std::uint16_t>(port);
}

std::string shown_address(const http::ServerSettings& settings) {
  return settings.address.find(':') == std::string::npos ? settings.address : "[" + settings.address + "]";
}

}  // namespace huiyin
