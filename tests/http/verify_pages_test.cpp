// The pages by which anybody checks the log: what they bring along, and that the one which reads receipts can send nothing.
#include <gmock/gmock.h>

#include "pages/asset.h"
#include "site.h"

namespace huiyin::http::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(VerifyPages, TheOneThatReadsReceiptsCanSendNothing) {
  Site site;
  for (const auto* language : {"zh", "en"}) {
    const auto page = site.ask("GET", std::string("/") + language + "/verify");
    EXPECT_EQ(page.status, 200U);
    const auto policy = header_of(page, "Content-Security-Policy");
    EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
    EXPECT_THAT(policy, HasSubstr("form-action 'none'"));
    EXPECT_THAT(policy, Not(HasSubstr("connect-src")));
    EXPECT_THAT(page.body, HasSubstr("example.org/town/log1+"));
    EXPECT_THAT(page.body, HasSubstr(pages::get_asset("verify.js").address));
  }
}

TEST(VerifyPages, TheScriptIsAScript) {
  Site site;
  const auto script = site.ask("GET", "/assets/verify.js");
  EXPECT_EQ(script.status, 200U);
  EXPECT_EQ(header_of(script, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_LT(script.body.size(), 40'000U);
}

TEST(VerifyPages, WithoutWitnessesThePageSaysSo) {
  Site site;
  const auto page = site.ask("GET", "/en/witnesses");
  EXPECT_EQ(page.status, 200U);
  EXPECT_THAT(page.body, HasSubstr("Nobody vouches for it yet."));
}

}  // namespace
}  // namespace huiyin::http::test
