// What a browser, or something like one, sends in Cookie, and what may stand in the sealed cookie of a case.
#include <fmt/format.h>

#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "http/pages/case_cookie.h"

namespace {

using namespace huiyin;

// Whatever stands around it, a cookie that is there by its name is found, and nothing of its neighbours with it.
void check_header(std::string_view text) {
  http::Request request;
  request.headers.emplace_back("Cookie", text);
  if (const auto value = request.cookie("session")) {
    HUIYIN_ASSERT(value->find(';') == std::string::npos);
    HUIYIN_ASSERT(text.find("session=" + *value) != std::string_view::npos);
  }
  request.headers.front().second.append("; last=one");
  HUIYIN_ASSERT(request.cookie("last"));
  request.headers.front().second.insert(0, "first=one;");
  HUIYIN_ASSERT(request.cookie("first") == "one");
}

void check_plain(std::string_view text) {
  const auto held = http::read_held_case(text);
  if (!held) return;
  HUIYIN_ASSERT(held->reference.find(' ') == std::string::npos);
  const auto again = http::read_held_case(fmt::format("{} {} {}", held->until.ms, held->reference, held->secret));
  HUIYIN_ASSERT(again && again->until == held->until && again->reference == held->reference && again->secret == held->secret);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_header(text);
  check_plain(text);
  return 0;
}
