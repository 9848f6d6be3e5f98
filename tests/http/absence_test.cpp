// Absences over HTTP: the API and the page, by whom they may be set, and what a deputy is shown.
#include <boost/json.hpp>

#include "http/api/answers.h"
#include "http/visitor.h"
#include "site.h"

namespace huiyin::http::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// It is the first of March 2026 in the town.
class Absences : public testing::Test {
 protected:
  struct Session {
    std::string cookie, csrf;
  };

  Absences() {
    add("chen", {Role::leader}, fixtures::roads);
    add("wang", {Role::officer}, fixtures::roads);
    add("zhao", {Role::officer}, fixtures::roads);
    add("qian", {Role::officer}, fixtures::water);
  }
  void add(const std::string& login, std::vector<Role> roles, std::optional<UnitCode> unit) {
    const auto added = app::await<UserId>([&](auto done) {
      site_.staff.add_user(*site_.world.town, {login, "Name of " + login, "a long password", std::move(roles), std::move(unit)},
                           done);
    });
    ASSERT_TRUE(added.ok());
  }
  Session sign_in(const std::string& login) {
    const auto session =
        app::await<app::NewSession>([&](auto done) { site_.staff.sign_in(*site_.world.town, login, "a long password", done); });
    return {std::string(session_cookie) + "=" + session->token, session->staff.csrf};
  }
  Response api(const Session& by, std::string_view method, const std::string& login = {}, const std::string& body = {}) {
    const Pairs headers{{"Cookie", by.cookie}, {std::string(csrf_header), by.csrf}, {"Content-Type", "application/json"}};
    return ask(method, "/api/v1/absences", login, headers, body);
  }
  Response post(const Session& by, const std::string& path, const std::string& form) {
    return site_.ask("POST", "/en" + path, {{"Cookie", by.cookie}}, "csrf=" + percent_encoded(by.csrf) + form);
  }
  Response page(const Session& by, const std::string& path = "/staff/absence") {
    return site_.ask("GET", "/en" + path, {{"Cookie", by.cookie}});
  }
  // With `login` in the address, when it is given.
  Response ask(std::string_view method, const std::string& path, const std::string& login, const Pairs& headers,
               const std::string& body) {
    auto match = site_.router.match(method, path);
    Request request;
    request.method = method;
    request.path = path;
    if (!login.empty()) request.query.emplace_back("login", login);
    request.headers = headers;
    request.body = body;
    const auto answer = std::make_shared<std::promise<Response>>();
    auto later = answer->get_future();
    match.route->handler(std::move(request), [answer](Response response) { answer->set_value(std::move(response)); });
    return later.get();
  }
  static boost::json::object json(const Response& response) { return boost::json::parse(response.body).as_object(); }

  Site site_;
};

constexpr const char* by_zhao = R"({"deputy":"zhao","first_day":"2026-03-01","last_day":"2026-03-05"})";

TEST_F(Absences, AreSetReadAndEndedByTheApi) {
  const auto wang = sign_in("wang");
  EXPECT_TRUE(json(api(wang, "GET")).at("absence").is_null());
  const auto set = api(wang, "PUT", {}, by_zhao);
  EXPECT_EQ(set.status, 200U) << set.body;
  const auto own = json(set).at("absence").as_object();
  EXPECT_EQ(own.at("login"), "wang");
  EXPECT_EQ(own.at("deputy").at("login"), "zhao");
  EXPECT_EQ(own.at("first_day"), "2026-03-01");
  EXPECT_EQ(own.at("last_day"), "2026-03-05");
  EXPECT_EQ(own.at("set_by"), "Name of wang");
  EXPECT_TRUE(own.at("deputy_away").is_null());
  const auto zhao = sign_in("zhao");
  EXPECT_EQ(json(api(zhao, "GET")).at("acts_for").at(0).at("login"), "wang");
  EXPECT_EQ(api(wang, "DELETE").status, 204U);
  EXPECT_EQ(api(wang, "DELETE").status, 404U);
  EXPECT_TRUE(json(api(zhao, "GET")).at("acts_for").as_array().empty());
}

TEST_F(Absences, OfOthersAreTheLeadersOfTheirUnit) {
  const auto chen = sign_in("chen"), wang = sign_in("wang");
  const std::string for_wang = R"({"login":"wang","deputy":"zhao","first_day":"2026-03-01","last_day":"2026-03-05"})";
  EXPECT_EQ(api(chen, "PUT", {}, for_wang).status, 200U);
  EXPECT_EQ(json(api(chen, "GET")).at("others").at(0).at("login"), "wang");
  EXPECT_EQ(json(api(chen, "GET", "wang")).at("absence").at("set_by"), "Name of chen");
  EXPECT_EQ(api(chen, "GET", "qian").status, 403U);
  EXPECT_EQ(api(chen, "GET", "nobody").status, 400U);
  EXPECT_EQ(api(wang, "GET", "zhao").status, 403U);
  EXPECT_EQ(api(wang, "DELETE", "zhao").status, 403U);
  EXPECT_EQ(api(chen, "DELETE", "wang").status, 204U);
}

TEST_F(Absences, NameWhatIsWrongAndNeedASessionAndItsToken) {
  const auto wang = sign_in("wang");
  struct Row {
    std::string body, field;
  };
  for (const auto& [body, field] : std::vector<Row>{
           {R"({"first_day":"2026-03-01","last_day":"2026-03-05"})", "deputy"},
           {R"({"deputy":"zhao","first_day":"1 March","last_day":"2026-03-05"})", "first_day"},
           {R"({"deputy":"zhao","first_day":"2026-03-01","last_day":"2026-02-30"})", "last_day"},
           {R"({"deputy":"zhao","first_day":"2026-02-01","last_day":"2026-02-20"})", "last_day"},
           {R"({"deputy":"qian","first_day":"2026-03-01","last_day":"2026-03-05"})", "deputy"},
           {R"({"deputy":"zhao","first_day":"2026-03-01","last_day":"2026-03-05","until":1})", "until"},
       }) {
    const auto answer = api(wang, "PUT", {}, body);
    EXPECT_EQ(answer.status, 400U) << body;
    EXPECT_THAT(answer.body, HasSubstr("\"field\":\"" + field + "\"")) << body;
  }
  EXPECT_EQ(api({}, "GET").status, 401U);
  EXPECT_EQ(api({wang.cookie, "wrong"}, "PUT", {}, by_zhao).status, 403U);
  EXPECT_EQ(api({wang.cookie, "wrong"}, "DELETE").status, 403U);
  EXPECT_EQ(
      site_.ask("PUT", "/api/v1/absences", {{"Cookie", wang.cookie}, {std::string(csrf_header), wang.csrf}}, by_zhao).status,
      400U)
      << "not sent as JSON";
}

TEST_F(Absences, TheApiSaysWithWhichRolesSomebodyIsThere) {
  EXPECT_EQ(api(sign_in("chen"), "PUT", {}, by_zhao).status, 200U);
  const auto me = json(site_.ask("GET", "/api/v1/me", {{"Cookie", sign_in("zhao").cookie}}));
  EXPECT_EQ(boost::json::serialize(me.at("roles")), R"(["officer","leader"])");
  EXPECT_EQ(me.at("acts_for").at(0).at("login"), "chen");
  EXPECT_EQ(me.at("acts_for").at(0).at("until"), "2026-03-05");
}

TEST_F(Absences, AreSetAndEndedOnThePage) {
  const auto wang = sign_in("wang");
  EXPECT_THAT(page(wang).body, HasSubstr("You have no absence set."));
  const auto set = post(wang, "/staff/absence", "&deputy=zhao&first_day=2026-03-01&last_day=2026-03-05");
  EXPECT_EQ(set.status, 303U) << set.body;
  EXPECT_EQ(header_of(set, "Location"), "/en/staff/absence?done=set");
  EXPECT_THAT(page(wang).body, HasSubstr("Name of zhao acts for you."));
  const auto zhao = sign_in("zhao");
  EXPECT_THAT(page(zhao).body, HasSubstr("Name of wang"));
  EXPECT_THAT(page(zhao, "/staff/").body, HasSubstr("You also act for Name of wang until 5 March 2026."));
  EXPECT_THAT(page(wang, "/staff/").body, Not(HasSubstr("You also act for")));
  EXPECT_EQ(header_of(post(wang, "/staff/absence/end", ""), "Location"), "/en/staff/absence?done=ended");
  EXPECT_THAT(page(zhao, "/staff/").body, Not(HasSubstr("You also act for")));
  EXPECT_EQ(post(wang, "/staff/absence/end", "").status, 303U) << "it is ended already: that is what was wanted";
}

TEST_F(Absences, OfAColleagueAreSetByTheLeaderInAFormOfTheirOwn) {
  const auto chen = sign_in("chen"), wang = sign_in("wang");
  EXPECT_THAT(page(chen).body, HasSubstr("Set an absence for somebody else"));
  EXPECT_THAT(page(wang).body, Not(HasSubstr("Set an absence for somebody else")));
  const std::string form = "&login=wang&deputy=zhao&first_day=2026-03-01&last_day=2026-03-05";
  EXPECT_EQ(post(chen, "/staff/absence/other", form).status, 303U);
  EXPECT_THAT(page(wang).body, HasSubstr("Set by Name of chen."));
  EXPECT_THAT(page(chen).body, HasSubstr("End the absence of Name of wang"));
  EXPECT_EQ(post(wang, "/staff/absence/other", "&login=zhao&deputy=chen&first_day=2026-03-01&last_day=2026-03-05").status, 403U);
  EXPECT_EQ(post(chen, "/staff/absence/end", "&login=qian").status, 403U);
  EXPECT_EQ(post(chen, "/staff/absence/end", "&login=wang").status, 303U);
  EXPECT_THAT(page(wang).body, HasSubstr("You have no absence set."));
}

TEST_F(Absences, KeepWhatWasTypedAndSayAtTheFieldWhatIsWrong) {
  const auto wang = sign_in("wang"), chen = sign_in("chen");
  const auto empty = post(wang, "/staff/absence", "&deputy=&first_day=2026-03-04&last_day=");
  EXPECT_EQ(empty.status, 400U);
  for (const auto* part : {"href=\"#own-deputy\"", "href=\"#own-last-day\"", "value=\"2026-03-04\"", "id=\"own-deputy-fault\""})
    EXPECT_THAT(empty.body, HasSubstr(part));
  EXPECT_EQ(post(wang, "/staff/absence", "&deputy=zhao&first_day=2026-03-04&last_day=2026-03-06").status, 303U);
  const auto away = post(chen, "/staff/absence", "&deputy=wang&first_day=2026-03-06&last_day=2026-03-07");
  EXPECT_EQ(away.status, 400U);
  EXPECT_THAT(away.body, HasSubstr("Name of wang is away too, from 2026-03-04 to 2026-03-06"));
  const auto other = post(chen, "/staff/absence/other", "&deputy=zhao&first_day=2026-03-06&last_day=2026-03-07");
  EXPECT_EQ(other.status, 400U);
  EXPECT_THAT(other.body, HasSubstr("id=\"other-login-fault\""));
}

TEST_F(Absences, OnThePageNeedTheTokenOfTheSessionAndASession) {
  const auto wang = sign_in("wang");
  EXPECT_EQ(post({wang.cookie, "wrong"}, "/staff/absence", "&deputy=zhao").status, 403U);
  EXPECT_EQ(post({wang.cookie, "wrong"}, "/staff/absence/end", "").status, 403U);
  EXPECT_EQ(header_of(page({}), "Location"), "/en/staff/sign-in?next=%2Fen%2Fstaff%2Fabsence");
}

}  // namespace
}  // namespace huiyin::http::test
