#include "http/router.h"

#include "base/assert.h"
#include "base/text.h"

namespace huiyin::http {
namespace {

// Deeper than any pattern; a longer path is not found before it costs anything.
constexpr std::size_t segments_max = 24;

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  path.remove_prefix(1);
  while (segments.size() <= segments_max) {
    const auto slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return segments;
}

std::string joined(std::span<const std::string> segments) {
  std::string all;
  for (const auto& segment : segments) {
    if (&segment != segments.data()) all += '/';
    all += segment;
  }
  return all;
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> param;
  std::unique_ptr<Node> rest;
  std::vector<const StoredRoute*> ends;  // one a method

  const StoredRoute* find(std::string_view method) const {
    const auto found = std::ranges::find(ends, method, &StoredRoute::method);
    return found == ends.end() ? nullptr : *found;
  }

  // The end for these segments; `values` gathers what the params took. Literal first, then back to the param.
  const Node* walk(std::span<const std::string> segments, std::vector<std::string>& values) const {
    if (segments.empty()) return ends.empty() ? nullptr : this;
    if (const auto literal = literals.find(segments[0]); literal != literals.end()) {
      if (const auto* end = literal->second->walk(segments.subspan(1), values)) return end;
    }
    if (param && !segments[0].empty()) {
      values.push_back(segments[0]);
      if (const auto* end = param->walk(segments.subspan(1), values)) return end;
      values.pop_back();
    }
    if (rest) {
      values.push_back(joined(segments));
      return rest.get();
    }
    return nullptr;
  }

  std::string allow() const {
    std::vector<std::string> methods;
    for (const auto* end : ends) methods.push_back(end->method);
    if (find("GET") != nullptr && find("HEAD") == nullptr) methods.emplace_back("HEAD");
    if (find("OPTIONS") == nullptr) methods.emplace_back("OPTIONS");
    std::ranges::sort(methods);
    std::string text;
    for (const auto& method : methods) text += (text.empty() ? "" : ", ") + method;
    return text;
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Route route) {
  HUIYIN_ASSERT(route.pattern.starts_with('/') && route.handler);
  auto& stored = routes_.emplace_back(StoredRoute{std::string(route.method), std::string(route.pattern), std::string(route.name),
                                                  std::move(route.handler), route.body_bytes_max, routes_.size()});
  Node* node = root_.get();
  const auto segments = segments_of(stored.pattern);
  HUIYIN_ASSERT(segments.size() <= segments_max);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto segment = segments[i];
    if (!segment.starts_with('{')) {
      auto& next = node->literals[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
      continue;
    }
    HUIYIN_ASSERT(segment.ends_with('}'));
    segment = segment.substr(1, segment.size() - 2);
    const bool takes_rest = segment.ends_with('*');
    HUIYIN_ASSERT(!takes_rest || i + 1 == segments.size());
    if (takes_rest) segment.remove_suffix(1);
    stored.param_names.emplace_back(segment);
    auto& next = takes_rest ? node->rest : node->param;
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  HUIYIN_ASSERT(node->find(stored.method) == nullptr);
  node->ends.push_back(&stored);
}

void Router::add(std::vector<Route> routes) {
  for (auto& route : routes) add(std::move(route));
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
  if (!path.starts_with('/')) return {.outcome = Outcome::malformed};
  const auto raw = segments_of(path);
  if (raw.size() > segments_max) return {};
  std::vector<std::string> segments;
  segments.reserve(raw.size());
  for (const auto segment : raw) {
    // Segments are compared decoded (RFC 3986 section 6.2.2.2): "/c%61ses" is "/cases".
    auto text = percent_decoded(segment);
    if (!text || !is_text(*text)) return {.outcome = Outcome::malformed};
    segments.push_back(std::move(*text));
  }
  std::vector<std::string> values;
  const auto* end = root_->walk(segments, values);
  if (end == nullptr) return {};
  const auto* route = end->find(method);
  if (route == nullptr && method == "HEAD") route = end->find("GET");
  if (route == nullptr) return {.outcome = method == "OPTIONS" ? Outcome::options : Outcome::wrong_method, .allow = end->allow()};
  HUIYIN_ASSERT(route->param_names.size() == values.size());
  Match found{.outcome = Outcome::found, .route = route};
  for (std::size_t i = 0; i < values.size(); ++i) found.params.emplace_back(route->param_names[i], std::move(values[i]));
  return found;
}

}  // namespace huiyin::http
