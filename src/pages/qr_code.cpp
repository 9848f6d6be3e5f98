#include "pages/qr_code.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

#include "base/assert.h"

namespace huiyin::pages {
namespace {

constexpr int quiet_zone = 4;  // modules, as the standard asks

// One step of the path for each run of dark modules.
std::string path_of(const QRcode& code) {
  std::string path;
  for (int y = 0; y < code.width; ++y) {
    for (int x = 0; x < code.width;) {
      const auto dark = [&](int at) { return at < code.width && (code.data[y * code.width + at] & 1U) != 0; };
      int end = x;
      while (dark(end)) ++end;
      if (end > x) path += fmt::format("M{} {}h{}v1h-{}z", x + quiet_zone, y + quiet_zone, end - x, end - x);
      x = end + 1;
    }
  }
  return path;
}

}  // namespace

Html qr_code(std::string_view text, std::string_view label) {
  if (text.empty() || text.size() > qr_bytes_max) return {};
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeData(static_cast<int>(text.size()), bytes, 0, QR_ECLEVEL_M), QRcode_free);
  HUIYIN_ASSERT(code != nullptr);  // it holds 2,331 bytes
  const auto side = std::to_string(code->width + 2 * quiet_zone);
  return tag("svg", {{"class", "qr"}, {"viewBox", "0 0 " + side + " " + side}, {"role", "img"}, {"aria-label", label}},
             {tag("path", {{"fill", "#fff"}, {"d", "M0 0h" + side + "v" + side + "h-" + side + "z"}}),
              tag("path", {{"fill", "#000"}, {"shape-rendering", "crispEdges"}, {"d", path_of(*code)}})});
}

}  // namespace huiyin::pages
