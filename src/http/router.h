// Which handler answers a method and a path. Literal segments win over {params}, these over a {rest*}.
// Thread rule: filled by one thread before the server starts, then read by all.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "http/exchange.h"

namespace huiyin::http {

// A Route with its own copies of the names.
struct StoredRoute {
  std::string method;
  std::string pattern;
  std::string name;
  Handler handler;
  std::size_t body_bytes_max = 0;
  std::size_t number = 0;                  // 0, 1, ... in order of adding
  std::vector<std::string> param_names{};
};

// How a refusal becomes a page, for people's browsers; the API gets RFC 9457 problems without it.
using ErrorPage = std::function<Response(const Error&, unsigned status, const Request&)>;

class Router {
 public:
  enum class Outcome : std::uint8_t { found, not_found, wrong_method, options, malformed };
  struct Match {
    Outcome outcome = Outcome::not_found;
    const StoredRoute* route = nullptr;  // when found
    Pairs params{};
    std::string allow{};                 // with wrong_method and options: "GET, HEAD, OPTIONS"
  };

  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // The same method and pattern twice, or a pattern that does not begin with "/", is our fault: asserts.
  void add(Route route);
  void add(std::vector<Route> routes);

  // `path` is as sent. HEAD is answered by GET's route unless it has its own.
  [[nodiscard]] Match match(std::string_view method, std::string_view path) const;
  [[nodiscard]] const std::deque<StoredRoute>& routes() const noexcept { return routes_; }

  void set_error_page(ErrorPage page) { error_page_ = std::move(page); }
  [[nodiscard]] const ErrorPage& error_page() const noexcept { return error_page_; }

 private:
  struct Node;
  std::unique_ptr<Node> root_;
  std::deque<StoredRoute> routes_;  // a deque: Node and the server point into it
  ErrorPage error_page_;
};

}  // namespace huiyin::http
