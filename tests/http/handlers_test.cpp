// What handlers promise beyond what the system tests see: who waits for whom, what a browser keeps.
#include <boost/json.hpp>

#include "http/api/answers.h"
#include "http/pages/case_cookie.h"
#include "http/visitor.h"
#include "site.h"

namespace huiyin::http::test {
namespace {

// "name=value" of the cookie an answer sets.
std::string cookie_of(const std::pair<std::string, std::string>& header) {
  return header.second.substr(0, header.second.find(';'));
}

// Takes the only thread and the only place to wait.
class Busy {
 public:
  explicit Busy(WorkerPool& pool) {
    const auto entered = std::make_shared<std::promise<void>>();
    EXPECT_TRUE(pool.post([entered, end = end_.get_future().share()] {
      entered->set_value();
      end.wait();
    }));
    entered->get_future().wait();
    EXPECT_TRUE(pool.post([] {}));
  }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;
  ~Busy() { end_.set_value(); }

 private:
  std::promise<void> end_;
};

TEST(Pages, DoNotWaitForPasswords) {
  Site site;
  const auto filed = boost::json::parse(file(site).body).as_object();
  const std::string reference(filed.at("reference").as_string());
  const std::string secret(filed.at("secret").as_string());
  const auto cookie = cookie_of(case_cookie_header(site.services, reference, secret, false));
  const auto rate = [&] {
    return site
        .ask("POST", "/en/case/" + reference + "/rate", {{"Cookie", cookie}},
             "version=99&contacted=true&solved=true&satisfaction=satisfied")
        .status;
  };
  const auto sign_in = [&] { return site.ask("POST", "/en/staff/sign-in", {}, "login=nobody&password=nothing+at+all").status; };
  {
    const Busy passwords(site.workers);
    EXPECT_EQ(rate(), 409U);
    EXPECT_EQ(sign_in(), 503U);
  }
  const Busy pages(site.page_workers);
  EXPECT_EQ(rate(), 503U);
}

struct Session {
  std::string cookie, csrf;
};

Session signed_in_clerk(Site& site) {
  const auto added = app::await<UserId>([&](auto done) {
    site.staff.add_user(*site.world.town, {"clerk", "Clerk", "a long password", {Role::dispatcher}, fixtures::council}, done);
  });
  EXPECT_TRUE(added.ok());
  const auto session =
      app::await<app::NewSession>([&](auto done) { site.staff.sign_in(*site.world.town, "clerk", "a long password", done); });
  return {std::string(session_cookie) + "=" + session->token, session->staff.csrf};
}

TEST(SignOut, ForgetsTheCookieAlsoWhenTheSessionCannotBeErasedNow) {
  Site site;
  const auto clerk = signed_in_clerk(site);
  const auto forget = session_cookie_header("", false).second;
  site.world.committer->stop();
  const auto page = site.ask("POST", "/en/staff/sign-out", {{"Cookie", clerk.cookie}}, "csrf=" + percent_encoded(clerk.csrf));
  EXPECT_EQ(page.status, 503U);
  EXPECT_EQ(header_of(page, "Set-Cookie"), forget);
  const auto by_api = site.ask("DELETE", "/api/v1/session", {{"Cookie", clerk.cookie}, {std::string(csrf_header), clerk.csrf}});
  EXPECT_EQ(by_api.status, 503U);
  EXPECT_EQ(header_of(by_api, "Set-Cookie"), forget);
}

TEST(OwnSite, IsToldBySecFetchSiteElseByOrigin) {
  struct Row {
    Pairs headers;
    bool own;
  };
  const std::vector<Row> table{
      {{}, true},
      {{{"Sec-Fetch-Site", "same-origin"}}, true},
      {{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://huiyin.test"}, {"Host", "huiyin.test"}}, false},
      {{{"Origin", "http://huiyin.test:81"}, {"Host", "huiyin.test:81"}}, true},
      {{{"Origin", "http://elsewhere.test"}, {"Host", "huiyin.test"}}, false},
      {{{"Origin", "null"}, {"Host", "huiyin.test"}}, false},
  };
  for (const auto& row : table) {
    Request request;
    request.headers = row.headers;
    EXPECT_EQ(from_own_site(request), row.own) << testing::PrintToString(row.headers);
  }
}

}  // namespace
}  // namespace huiyin::http::test
