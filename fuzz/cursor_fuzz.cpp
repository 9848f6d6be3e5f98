// The cursor of a list as strangers bend it: refused or taken, and what is taken is written back as the same place.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/bytes.h"
#include "base/text.h"
#include "http/api/case_json.h"

namespace {

using namespace huiyin;

void check(std::string_view text, bool by_due) {
  app::CaseFilter filter;
  if (by_due) filter.due_before = latest_instant;
  if (!http::read_cursor(text, filter)) {
    HUIYIN_ASSERT(!filter.after && !filter.after_due);
    return;
  }
  HUIYIN_ASSERT(filter.after && filter.after_due.has_value() == by_due);
  app::CaseRow row;
  row.id = *filter.after;
  row.due = filter.after_due;
  auto again = filter;
  again.after.reset();
  again.after_due.reset();
  HUIYIN_ASSERT(http::read_cursor(http::cursor_after(row, filter), again));
  HUIYIN_ASSERT(again.after == filter.after && again.after_due == filter.after_due);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool by_due : {false, true}) {
    check(text, by_due);
    check(to_base64url(as_bytes(text)), by_due);  // past the outer spelling
  }
  return 0;
}
