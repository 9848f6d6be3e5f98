// Bytes of a connection through the request reader, in pieces, and its paths through the router: never crashes, and the limits
// hold. The first byte says how large the pieces are.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/text.h"
#include "http/reader.h"
#include "http/router.h"

namespace {

using namespace huiyin;

constexpr std::size_t body_bytes_max = 512;

const http::Router& router() {
  static const http::Router made = [] {
    const http::Handler none = [](const http::Request&, const http::Reply&) {};
    http::Router router;
    for (const auto* pattern :
         {"/", "/cases", "/cases/new", "/cases/{reference}", "/cases/{reference}/{act}", "/{lang}/help", "/files/{path*}"}) {
      router.add({"GET", pattern, pattern, none});
      router.add({"POST", pattern, pattern, none});
    }
    return router;
  }();
  return made;
}

void check(const http::Request& request) {
  HUIYIN_ASSERT(request.headers.size() <= http::header_fields_max);
  HUIYIN_ASSERT(request.path.size() <= http::uri_bytes_max);
  const auto match = router().match(request.method, request.path);
  for (const auto& [name, value] : match.params) HUIYIN_ASSERT(is_text(value));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = data[0] + 1U;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  router().match("GET", rest);
  http::RequestReader reader;
  using Step = http::RequestReader::Step;
  bool in_body = false;
  for (;;) {
    const auto step = in_body ? reader.read_body() : reader.read_head();
    if (step == Step::refused) return 0;
    if (step == Step::need_more) {
      if (rest.empty()) return 0;
      const auto room = reader.room();
      const auto count = std::min({piece, room.size(), rest.size()});
      std::copy_n(rest.data(), count, room.data());
      reader.commit(count);
      rest.remove_prefix(count);
      continue;
    }
    if (!in_body) {
      check(reader.request());
      reader.limit_body(body_bytes_max);
      if (reader.declared_bytes() > body_bytes_max) return 0;
    }
    in_body = !in_body && reader.body_pending();
    if (in_body) continue;
    HUIYIN_ASSERT(reader.request().body.size() <= body_bytes_max);
    reader.next();
  }
}
