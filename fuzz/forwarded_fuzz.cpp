// What proxies, and those who pretend to be one, say about a client: the answer is always an address, and believed from named
// proxies only.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "http/peers.h"

namespace {

using namespace huiyin;

// Lines "name: value"; a line without a colon is a value of X-Forwarded-For.
http::Request request_of(std::string_view text) {
  http::Request request;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) request.headers.emplace_back("X-Forwarded-For", line);
    else request.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const http::Proxies proxies({"127.0.0.0/8", "10.0.0.0/8", "fd00::/8"});
  static const auto named = *http::NetAddress::parse("127.0.0.1");
  static const auto stranger = *http::NetAddress::parse("192.0.2.1");
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto request = request_of(text);
  const auto origin = proxies.origin_of(named, request);
  const auto client = http::NetAddress::parse(origin.client);
  HUIYIN_ASSERT(client && client->text() == origin.client);
  const auto unbelieved = proxies.origin_of(stranger, request);
  HUIYIN_ASSERT(unbelieved.client == stranger.text() && !unbelieved.secure);
  request.client = origin.client;
  HUIYIN_ASSERT(!http::is_the_machine_itself(request) || client->is_loopback());
  if (const auto address = http::NetAddress::parse(text)) {
    HUIYIN_ASSERT(http::NetAddress::parse(address->text()) == address);
  }
  return 0;
}
