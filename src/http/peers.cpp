#include "http/peers.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>
#include <stdexcept>

#include "base/text.h"

namespace huiyin::http {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

// The address of one element: "1.2.3.4", "1.2.3.4:80", "[::1]:80", "::1", with or without quotes.
std::optional<NetAddress> address_of_node(std::string_view node) {
  node = trimmed(node);
  if (node.size() >= 2 && node.starts_with('"') && node.ends_with('"')) node = node.substr(1, node.size() - 2);
  if (node.starts_with('[')) return NetAddress::parse(node.substr(0, node.find(']') + 1));
  if (std::ranges::count(node, ':') == 1) node = node.substr(0, node.find(':'));
  return NetAddress::parse(node);
}

// The value of name=value in one element of Forwarded.
std::string_view forwarded_value(std::string_view element, std::string_view name) {
  while (!element.empty()) {
    const auto semicolon = element.find(';');
    const auto pair = trimmed(element.substr(0, semicolon));
    element = semicolon == std::string_view::npos ? std::string_view() : element.substr(semicolon + 1);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && same_ignoring_case(pair.substr(0, equals), name)) return pair.substr(equals + 1);
  }
  return {};
}

// All values of a list header as one list: a proxy may append a line of its own instead of an element.
std::vector<std::string_view> elements_of(const Request& request, std::string_view name) {
  std::vector<std::string_view> elements;
  for (const auto& [header_name, value] : request.headers) {
    if (!same_ignoring_case(header_name, name)) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      elements.push_back(rest.substr(0, comma));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
  }
  return elements;
}

}  // namespace

std::optional<NetAddress> NetAddress::parse(std::string_view text) {
  if (text.size() >= 2 && text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  if (text.size() > INET6_ADDRSTRLEN) return std::nullopt;
  const std::string ended(text);  // inet_pton wants a NUL
  if (ended.find('\0') != std::string::npos) return std::nullopt;
  NetAddress address;
  if (inet_pton(AF_INET6, ended.c_str(), address.bytes.data()) == 1) return address;
  std::ranges::copy(mapped_prefix, address.bytes.begin());
  if (inet_pton(AF_INET, ended.c_str(), address.bytes.data() + mapped_prefix.size()) == 1) return address;
  return std::nullopt;
}

bool NetAddress::is_v4() const noexcept { return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin()); }

bool NetAddress::is_loopback() const noexcept {
  if (is_v4()) return bytes[12] == 127;
  return std::all_of(bytes.begin(), bytes.end() - 1, [](std::uint8_t byte) { return byte == 0; }) && bytes[15] == 1;
}

std::string NetAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (is_v4()) inet_ntop(AF_INET, bytes.data() + mapped_prefix.size(), out.data(), out.size());
  else inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
  return out.data();
}

bool is_loopback(std::string_view address) {
  const auto parsed = NetAddress::parse(address);
  return parsed && parsed->is_loopback();
}

bool is_the_machine_itself(const Request& request) {
  return is_loopback(request.client) && std::ranges::none_of(request.headers, [](const auto& header) {
           return same_ignoring_case(header.first, "x-forwarded-for") || same_ignoring_case(header.first, "forwarded");
         });
}

Proxies::Proxies(const std::vector<std::string>& named) {
  for (const auto& name : named) {
    const auto slash = name.find('/');
    const auto base = NetAddress::parse(std::string_view(name).substr(0, slash));
    unsigned bits = 128;
    bool good = base.has_value();
    if (good && slash != std::string::npos) {
      const char* end = name.data() + name.size();
      const auto [stopped, failure] = std::from_chars(name.data() + slash + 1, end, bits);
      good = failure == std::errc() && stopped == end && bits <= (base->is_v4() ? 32U : 128U);
      if (good && base->is_v4()) bits += 96;
    }
    if (!good) throw std::runtime_error("proxies: \"" + name + "\" is neither an address nor a range such as 10.0.0.0/8");
    ranges_.push_back({*base, bits});
  }
}

bool Proxies::contains(const NetAddress& address) const noexcept {
  return std::ranges::any_of(ranges_, [&](const Range& range) {
    for (unsigned bit = 0; bit < range.bits; bit += 8) {
      const unsigned left = range.bits - bit;
      const auto mask = static_cast<std::uint8_t>(left >= 8 ? 0xFFU : 0xFFU << (8U - left));
      if (((address.bytes.at(bit / 8) ^ range.base.bytes.at(bit / 8)) & mask) != 0) return false;
    }
    return true;
  });
}

Origin Proxies::origin_of(const NetAddress& peer, const Request& request) const {
  if (!contains(peer)) return {peer.text(), false};
  auto client = peer;
  const auto by_list = elements_of(request, "x-forwarded-for");
  const auto by_standard = elements_of(request, "forwarded");
  const bool standard = by_list.empty();
  const auto& elements = standard ? by_standard : by_list;
  std::string_view proto = request.header("x-forwarded-proto");
  // From the nearest hop outwards; the first address that is no proxy of ours is the client, whatever stands before it.
  for (auto element = elements.rbegin(); element != elements.rend(); ++element) {
    if (standard && proto.empty()) proto = forwarded_value(*element, "proto");
    const auto address = address_of_node(standard ? forwarded_value(*element, "for") : *element);
    if (!address) break;
    client = *address;
    if (!contains(client)) break;
  }
  return {client.text(), same_ignoring_case(trimmed(proto), "https")};
}

}  // namespace huiyin::http
