// QR codes: what is drawn is a square of the size that the standard gives, and nothing is drawn for what does not fit. That a
// camera reads it back is for tests/browser/verify.test.mjs.
#include "pages/qr_code.h"

#include <gmock/gmock.h>

namespace huiyin::pages {
namespace {

using testing::HasSubstr;

TEST(QrCode, HasTheSizeOfTheStandard) {
  // 14 bytes are the most that version 1 holds with error correction M, 21 modules a side; 4 of quiet zone on each.
  EXPECT_THAT(qr_code("12345678901234", "code").markup(), HasSubstr("viewBox=\"0 0 29 29\""));
  EXPECT_THAT(qr_code("123456789012345", "code").markup(), HasSubstr("viewBox=\"0 0 33 33\""));
}

TEST(QrCode, BeginsWithTheFinderPattern) {
  // Seven dark modules in the corner, then the light ring around three rows of three.
  const auto markup = qr_code("huiyin", "code").markup();
  EXPECT_THAT(markup, HasSubstr("M4 4h7v1h-7z"));
  EXPECT_THAT(markup, HasSubstr("M4 5h1v1h-1z"));
  EXPECT_THAT(markup, HasSubstr("M6 6h3v1h-3z"));
}

TEST(QrCode, SaysWhatItIs) { EXPECT_THAT(qr_code("x", "a \"code\"").markup(), HasSubstr("aria-label=\"a &quot;code&quot;\"")); }

TEST(QrCode, DrawsNothingForWhatDoesNotFit) {
  EXPECT_TRUE(qr_code("", "code").empty());
  EXPECT_FALSE(qr_code(std::string(qr_bytes_max, 'x'), "code").empty());
  EXPECT_TRUE(qr_code(std::string(qr_bytes_max + 1, 'x'), "code").empty());
}

}  // namespace
}  // namespace huiyin::pages
