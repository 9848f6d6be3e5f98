#include "pages/html.h"

#include <string>
#include <type_traits>
#include <vector>

namespace huiyin::pages {
namespace {

static_assert(!std::is_convertible_v<std::string, Html> && !std::is_constructible_v<Html, std::string>,
              "no plain string becomes Html by itself");

TEST(Html, EscapesTextWhereverItStands) {
  struct Row {
    std::string plain, escaped;
  };
  const std::vector<Row> rows{
      {"", ""},
      {"plain", "plain"},
      {"a & b", "a &amp; b"},
      {"&amp;", "&amp;amp;"},
      {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"\"quoted\" and 'quoted'", "&quot;quoted&quot; and &#39;quoted&#39;"},
      {"</textarea><b>", "&lt;/textarea&gt;&lt;b&gt;"},
      {"回音\n", "回音\n"},
  };
  for (const auto& [plain, escaped] : rows) {
    EXPECT_EQ(text(plain).markup(), escaped);
    EXPECT_EQ(tag("p", {}, {plain}).markup(), "<p>" + escaped + "</p>");
    EXPECT_EQ(tag("p", {{"title", plain}}).markup(), "<p title=\"" + escaped + "\"></p>");
    EXPECT_EQ(tag("textarea", {}, {plain}).markup(), "<textarea>\n" + escaped + "</textarea>");
  }
}

TEST(Html, LetsOnlyHarmlessAddressesIntoLinks) {
  struct Row {
    std::string address, kept;
  };
  const std::vector<Row> rows{
      {"/zh/report", "/zh/report"},
      {"?a=b:c", "?a=b:c"},
      {"#main", "#main"},
      {"report", "report"},
      {"/a:b", "/a:b"},
      {"https://example.org/", "https://example.org/"},
      {"HTTP://example.org/", "HTTP://example.org/"},
      {"tel:110", "tel:110"},
      {"mailto:a@b.cn", "mailto:a@b.cn"},
      {"", "#"},
      {"javascript:alert(1)", "#"},
      {"JaVaScRiPt:alert(1)", "#"},
      {" javascript:alert(1)", "#"},
      {"java\tscript:alert(1)", "#"},
      {"data:text/html,x", "#"},
      {"vbscript:x", "#"},
      {"//elsewhere.example/", "#"},
      {"/\\elsewhere.example/", "#"},
      {"/a\nb", "#"},
  };
  for (const auto& [address, kept] : rows) {
    EXPECT_EQ(safe_address(address), kept) << address;
    EXPECT_EQ(tag("a", {{"href", address}}).markup(), "<a href=\"" + kept + "\"></a>");
    EXPECT_EQ(tag("form", {{"action", address}}).markup(), "<form action=\"" + kept + "\"></form>");
  }
}

TEST(Html, WritesSwitchesAndLeavesOutWhatIsNotThere) {
  EXPECT_EQ(tag("input", {{"checked", true}, {"disabled", false}}).markup(), "<input checked>");
  EXPECT_EQ(tag("p", {{"id", std::optional<std::string>()}, {"class", std::optional<std::string>("x")}}).markup(),
            "<p class=\"x\"></p>");
}

TEST(Html, NestsElementsWithoutEscapingThemTwice) {
  EXPECT_EQ(tag("p", {}, {"1 < 2 ", tag("b", {}, {"&"}), as_raw_html("<br>")}).markup(), "<p>1 &lt; 2 <b>&amp;</b><br></p>");
}

TEST(HtmlDeathTest, HasNoWayToWriteAScriptAHandlerOrAStyle) {
  EXPECT_DEATH(tag("script"), "");
  EXPECT_DEATH(tag("style"), "");
  EXPECT_DEATH(Attribute("onclick", "x"), "");
  EXPECT_DEATH(Attribute("style", "x"), "");
  EXPECT_DEATH(Attribute("srcdoc", "x"), "");
  EXPECT_DEATH(Attribute("a b", "x"), "");
}

}  // namespace
}  // namespace huiyin::pages
