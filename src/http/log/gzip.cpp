#include "http/log/gzip.h"

#include <zlib.h>

#include <cstdlib>

#include "base/assert.h"
#include "base/text.h"
#include "http/exchange.h"

namespace huiyin::http {
namespace {

constexpr int gzip_window_bits = 15 + 16;  // the largest window, and gzip's own frame (zlib.h, deflateInit2)
constexpr int memory_level = 8;            // zlib's usual one
constexpr int quick_level = 1;  // most of an entry is digests, which no level makes shorter

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool by_star = false;
  while (!accept_encoding.empty()) {
    const auto comma = accept_encoding.find(',');
    const auto part = trimmed(accept_encoding.substr(0, comma));
    accept_encoding = comma == std::string_view::npos ? std::string_view() : accept_encoding.substr(comma + 1);
    const auto coding = trimmed(part.substr(0, part.find(';')));
    const auto q = part.find("q=");
    const bool taken = q == std::string_view::npos || std::strtod(std::string(part.substr(q + 2)).c_str(), nullptr) > 0;
    if (same_ignoring_case(coding, "gzip")) return taken;
    if (coding == "*") by_star = taken;
  }
  return by_star;
}

std::string gzipped(std::string_view body) {
  z_stream stream{};
  HUIYIN_ASSERT(deflateInit2(&stream, quick_level, Z_DEFLATED, gzip_window_bits, memory_level, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, static_cast<uLong>(body.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));  // zlib only reads it
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const auto ended = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  HUIYIN_ASSERT(ended == Z_STREAM_END);  // the room was deflateBound's
  return out;
}

}  // namespace huiyin::http
