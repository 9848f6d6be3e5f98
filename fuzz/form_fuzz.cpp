// What strangers put into forms, queries and percent escapes: never crashes, and what is taken is bounded UTF-8.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/text.h"
#include "http/exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto form = http::parse_form(text);
  if (form.ok()) {
    HUIYIN_ASSERT(form->size() <= http::form_fields_max);
    for (const auto& [name, value] : *form) HUIYIN_ASSERT(is_text(name) && is_text(value));
  }
  const auto decoded = http::percent_decoded(http::percent_encoded(text));
  HUIYIN_ASSERT(decoded && *decoded == text);
  static_cast<void>(http::percent_decoded(text));
  return 0;
}
