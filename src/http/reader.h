// Turns the bytes of one connection into requests (RFC 9112), without sockets. The parser is Boost.Beast's; here are the limits
// and the refusals that keep two readers of the same bytes from disagreeing (request smuggling).
// Thread rule: one thread at a time.
//
// Use: while read_head() says need_more, put bytes into room() and commit() them; then limit_body() and the same with
// read_body(); after the answer, next(). Bytes of a following request (pipelining) wait inside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "http/exchange.h"

namespace huiyin::http {

inline constexpr std::size_t header_bytes_max = 16UL * 1024;
inline constexpr std::size_t header_fields_max = 100;
inline constexpr std::size_t uri_bytes_max = 8UL * 1024;

struct Refusal {
  unsigned status = 400;
  Error error{};
};

class RequestReader {
 public:
  enum class Step : std::uint8_t { need_more, ready, refused };

  RequestReader();
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  [[nodiscard]] std::span<char> room();
  void commit(std::size_t bytes);

  Step read_head();
  void limit_body(std::size_t bytes_max);
  Step read_body();
  void next();

  // A byte of the current request is here.
  [[nodiscard]] bool started() const noexcept;
  // Valid once a head is ready; after a refusal as far as it was understood. Movable from until next().
  [[nodiscard]] Request& request() noexcept;
  [[nodiscard]] const Refusal& refusal() const noexcept;
  [[nodiscard]] bool keep_alive() const noexcept;
  [[nodiscard]] bool is_http_1_0() const noexcept;
  [[nodiscard]] bool has_body() const noexcept;            // declared, whether or not it has arrived
  [[nodiscard]] std::uint64_t declared_bytes() const noexcept;  // 0 when chunked
  [[nodiscard]] bool body_pending() const noexcept;        // some of it has yet to be read from the socket
  [[nodiscard]] std::size_t body_bytes_read() const noexcept;

 private:
  class Parser;
  Step refuse(unsigned status, Code code, Message message);
  Step refuse_target();
  Step refuse_by(bool header_limit);
  Step check_head();
  bool split_target();

  std::unique_ptr<Parser> parser_;
  std::vector<char> bytes_;
  std::size_t begin_ = 0;  // bytes_[begin_, end_) wait to be parsed
  std::size_t end_ = 0;
  std::size_t head_bytes_ = 0;
  Refusal refusal_;
};

}  // namespace huiyin::http
