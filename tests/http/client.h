// A small blocking HTTP client over raw sockets on 127.0.0.1, for tests: sends any bytes, right or wrong, and reads what comes.
// Every wait ends after `patience`; what failed shows as status 0. Thread rule: a Wire belongs to one thread.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/exchange.h"

namespace huiyin::http::test {

inline constexpr std::chrono::seconds patience{20};

struct Answer {
  unsigned status = 0;
  Pairs headers{};
  std::string body{};

  [[nodiscard]] std::string header(std::string_view name) const {
    for (const auto& [one, value] : headers) {
      if (same_ignoring_case(one, name)) return value;
    }
    return {};
  }
};

class Wire {
 public:
  explicit Wire(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval limit{.tv_sec = patience.count(), .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&where), sizeof where) != 0) {
      ::close(socket_);
      throw std::runtime_error("cannot connect");
    }
  }
  ~Wire() { ::close(socket_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // False when the other side does not take it all.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void end_sending() { ::shutdown(socket_, SHUT_WR); }

  // The next answer, 1xx included; `bodiless` after HEAD.
  Answer read(bool bodiless = false) {
    Answer answer;
    std::size_t end = 0;
    while ((end = held_.find("\r\n\r\n")) == std::string::npos) {
      if (!more()) return answer;
    }
    const auto head = held_.substr(0, end);
    held_.erase(0, end + 4);
    std::size_t at = head.find("\r\n");
    answer.status = head.size() > 12 ? static_cast<unsigned>(std::stoul(head.substr(9, 3))) : 0;
    while (at != std::string::npos) {
      const auto next = head.find("\r\n", at + 2);
      const auto line = head.substr(at + 2, next == std::string::npos ? next : next - at - 2);
      const auto colon = line.find(": ");
      if (colon != std::string::npos) answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
      at = next;
    }
    const auto length = answer.header("content-length");
    if (bodiless || length.empty()) return answer;
    const auto bytes = std::stoul(length);
    while (held_.size() < bytes) {
      if (!more()) return {};
    }
    answer.body = held_.substr(0, bytes);
    held_.erase(0, bytes);
    return answer;
  }

  // Whether the other side has ended in order, with nothing more to read.
  bool is_closed() {
    if (!held_.empty()) return false;
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) == 0;
  }

 private:
  bool more() {
    char piece[16384];
    const auto count = ::recv(socket_, piece, sizeof piece, 0);
    if (count <= 0) return false;
    held_.append(piece, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  std::string held_;
};

inline std::string request_text(std::string_view method, std::string_view target, const Pairs& headers = {},
                                std::string_view body = {}) {
  std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (!body.empty() || method == "POST" || method == "PUT") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + std::string(body);
}

// One request over a connection of its own.
inline Answer ask(std::uint16_t port, std::string_view method, std::string_view target, const Pairs& headers = {},
                  std::string_view body = {}) {
  Wire wire(port);
  wire.send(request_text(method, target, headers, body));
  return wire.read(method == "HEAD");
}

}  // namespace huiyin::http::test
