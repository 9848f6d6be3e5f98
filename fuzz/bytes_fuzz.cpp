// Written forms of bytes: base64 has one spelling, hex one but for capital letters; nothing else is read.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "base/base64url.h"
#include "base/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const ByteView bytes(data, size);
  HUIYIN_ASSERT(from_base64(to_base64(bytes)) == Bytes(bytes.begin(), bytes.end()));
  HUIYIN_ASSERT(from_base64url(to_base64url(bytes)) == Bytes(bytes.begin(), bytes.end()));
  HUIYIN_ASSERT(from_hex(to_hex(bytes)) == Bytes(bytes.begin(), bytes.end()));
  const std::string_view text = as_text(bytes);
  if (const auto read = from_base64(text)) HUIYIN_ASSERT(to_base64(*read) == text);
  const auto url_read = from_base64url(text);
  if (url_read) HUIYIN_ASSERT(to_base64url(*url_read) == text);
  Bytes room(size * 3 / 4);
  HUIYIN_ASSERT(read_base64url(text, room) == url_read.has_value() && (!url_read || room == *url_read));
  if (const auto read = from_hex(text)) {
    std::string small(text);
    for (char& c : small) {
      if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    }
    HUIYIN_ASSERT(to_hex(*read) == small);
  }
  return 0;
}
