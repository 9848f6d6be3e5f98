// The whole life of a case over the programming interface: what it shows to whom, and what it takes.
#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "http/api/answers.h"
#include "http/visitor.h"
#include "site.h"

namespace huiyin::http::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class CaseApi : public testing::Test {
 protected:
  struct Case {
    std::string reference, secret;
    json::object filed;
    [[nodiscard]] Pairs holder() const { return {{"Authorization", "Case " + secret}}; }
  };
  // Headers of somebody signed in, made at the first call.
  Pairs staff(const std::string& login, Role role, std::optional<UnitCode> unit = {}) {
    if (const auto known = sessions_.find(login); known != sessions_.end()) return known->second;
    const auto added = app::await<UserId>([&](auto done) {
      site_.staff.add_user(*site_.world.town, {login, "Name of " + login, "a long password", {role}, std::move(unit)}, done);
    });
    EXPECT_TRUE(added.ok());
    const auto session =
        app::await<app::NewSession>([&](auto done) { site_.staff.sign_in(*site_.world.town, login, "a long password", done); });
    return sessions_[login] = {{"Cookie", std::string(session_cookie) + "=" + session->token},
                               {std::string(csrf_header), session->staff.csrf}};
  }
  Pairs dispatcher() { return staff("dispatcher", Role::dispatcher, fixtures::council); }
  Pairs second() { return staff("second", Role::dispatcher, fixtures::council); }
  Pairs officer() { return staff("officer", Role::officer, fixtures::roads); }
  Pairs leader() { return staff("leader", Role::leader, fixtures::roads); }

  Case file(const std::string& fields) {
    const auto answer = site_.ask("POST", "/api/v1/cases", {{"Content-Type", "application/json"}}, fields);
    EXPECT_EQ(answer.status, 201U) << answer.body;
    auto filed = json::parse(answer.body).as_object();
    return {std::string(filed.at("reference").as_string()), std::string(filed.at("secret").as_string()), std::move(filed)};
  }
  json::object read(const Case& one, Pairs headers) {
    const auto answer = site_.ask("GET", "/api/v1/cases/" + one.reference, std::move(headers));
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json::parse(answer.body).as_object();
  }
  // On the version that is there: the status, and the fields that are wrong.
  std::string act(const Case& one, const std::string& name, Pairs headers, const std::string& fields = "") {
    const auto row = site_.cases.find(*site_.world.town, one.reference);
    const auto version = site_.world.store->read(site_.world.town->id)->find_record(*row)->version;
    headers.emplace_back("Content-Type", "application/json");
    const auto body = "{\"version\":" + std::to_string(version) + (fields.empty() ? "" : ",") + fields + "}";
    const auto answer = site_.ask("POST", "/api/v1/cases/" + one.reference + "/" + name, std::move(headers), body);
    auto said = std::to_string(answer.status);
    if (answer.status == 200) return said;
    const auto problem = json::parse(answer.body).as_object();
    if (const auto* errors = problem.if_contains("errors")) {
      for (const auto& error : errors->as_array()) said += " " + std::string(error.as_object().at("field").as_string());
    }
    return said;
  }
  Case in_work(const std::string& fields) {
    auto one = file(fields);
    EXPECT_EQ(act(one, "accept", dispatcher()), "200");
    EXPECT_EQ(act(one, "assign", dispatcher(), R"("unit":"roads")"), "200");
    EXPECT_EQ(act(one, "start", officer()), "200");
    return one;
  }
  json::array list(Pairs headers, Pairs query) {
    const auto answer = site_.ask("GET", "/api/v1/cases", std::move(headers), {}, std::move(query));
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json::parse(answer.body).at("cases").as_array();
  }

  Site site_;
  std::map<std::string, Pairs> sessions_;
};

constexpr auto a_hole = R"({"body":"A hole in the road","category":"potholes"})";
constexpr auto a_field = R"({"body":"They took my field","category":"land"})";

TEST_F(CaseApi, TellsWhomToCallAtOnceWhereLifeIsInDanger) {
  const auto urgent = file(R"({"body":"There is a gas leak in the yard","category":"pipes"})");
  EXPECT_EQ(urgent.filed.at("urgent"), true);
  EXPECT_EQ(urgent.filed.at("emergency_numbers"), json::parse(R"([{"number":"119","name":"消防"}])"));
  const auto calm = file(a_hole);
  EXPECT_EQ(calm.filed.at("urgent"), false);
  EXPECT_TRUE(calm.filed.at("emergency_numbers").as_array().empty());
  EXPECT_EQ(list(dispatcher(), {{"urgent", "true"}}).size(), 1U);
  EXPECT_EQ(list(dispatcher(), {{"urgent", "false"}}).size(), 2U);
}

TEST_F(CaseApi, TellsWhomToCallInTheAnswerToWordsOfDangerThatCameLater) {
  const auto one = in_work(a_hole);
  const auto withdraw = [&](const std::string& words) {
    const auto row = site_.cases.find(*site_.world.town, one.reference);
    const auto version = site_.world.store->read(site_.world.town->id)->find_record(*row)->version;
    auto headers = one.holder();
    headers.emplace_back("Content-Type", "application/json");
    const auto answer = site_.ask("POST", "/api/v1/cases/" + one.reference + "/withdraw", std::move(headers),
                                  "{\"version\":" + std::to_string(version) + ",\"words\":\"" + words + "\"}");
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return json::parse(answer.body).at("emergency_numbers");
  };
  EXPECT_EQ(withdraw("Never mind. There is a gas leak now"), json::parse(R"([{"number":"119","name":"消防"}])"));
  EXPECT_EQ(list(dispatcher(), {{"urgent", "true"}}).size(), 1U) << "over, and still on top";
  EXPECT_EQ(act(one, "set_urgent", dispatcher(), R"("urgent":false,"reason":"They were reached")"), "200");
  EXPECT_TRUE(list(dispatcher(), {{"urgent", "true"}}).empty());
}

TEST_F(CaseApi, ShowsStaffWhatIsProposedAndTheRequesterWhatIsDone) {
  const auto one = in_work(a_hole);
  ASSERT_EQ(act(one, "ask_extension", officer(), R"("amount":20,"reason":"The part comes by ship")"), "200");
  const auto proposal = read(one, leader()).at("proposal").as_object();
  EXPECT_EQ(proposal.at("deed"), "extension");
  EXPECT_EQ(proposal.at("amount"), 20);
  EXPECT_EQ(proposal.at("reason"), "The part comes by ship");
  EXPECT_EQ(proposal.at("by"), json::parse(R"({"login":"officer","name":"Name of officer"})"));
  EXPECT_EQ(read(one, leader()).at("handler").at("login"), "officer");
  const auto mine = read(one, one.holder());
  for (const auto* hidden : {"proposal", "handler", "about", "merged_into", "known_to", "objection_open"})
    EXPECT_FALSE(mine.contains(hidden)) << hidden;
  EXPECT_THAT(json::serialize(mine), testing::Not(HasSubstr("comes by ship")));
  const auto waiting = list(leader(), {{"proposed", "true"}});
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].at("proposed"), "extension");
  EXPECT_EQ(waiting[0].at("handler"), "Name of officer");
  EXPECT_EQ(act(one, "rule_proposal", officer(), R"("approved":true)"), "403");
  EXPECT_EQ(act(one, "rule_proposal", leader(), R"("approved":false)"), "400 reason");
  ASSERT_EQ(act(one, "rule_proposal", leader(), R"("approved":true)"), "200");
  EXPECT_THAT(json::serialize(read(one, one.holder())), HasSubstr("comes by ship"));
  EXPECT_TRUE(read(one, leader()).at("proposal").is_null());
}

TEST_F(CaseApi, ExplainsEachClockInTheLanguageThatIsAskedFor) {
  const auto one = in_work(a_hole);
  ASSERT_EQ(act(one, "pause", officer(), R"("reason":"hearing","words":"There is a hearing")"), "200");
  auto english = one.holder(), chinese = one.holder();
  english.emplace_back("Accept-Language", "en");
  chinese.emplace_back("Accept-Language", "zh");
  const auto clock = read(one, english).at("clocks").as_array().at(1).as_object();
  EXPECT_EQ(clock.at("rule"), "finish");
  EXPECT_EQ(clock.at("terms"), json::parse(R"({"count":"calendar_days","amount":60,"ends_on_workday":false})"));
  EXPECT_EQ(clock.at("article"), "Regulations, article 34");
  EXPECT_EQ(clock.at("provisional"), false);
  EXPECT_EQ(clock.at("pauses").as_array().at(0).at("reason"), "hearing");
  EXPECT_THAT(std::string(clock.at("explanation").as_string()), HasSubstr("60 calendar days"));
  const auto other = read(one, chinese).at("clocks").as_array().at(1).as_object();
  EXPECT_NE(other.at("explanation"), clock.at("explanation"));
  EXPECT_TRUE(read(one, english).at("windows").at("objection_until").is_null()) << "it is the unit's, and stays in the house";
  const auto window = read(one, officer()).at("windows").at("objection_until").as_object();
  EXPECT_EQ(window.at("rule"), "object");
  EXPECT_FALSE(window.at("explanation").as_string().empty());
  EXPECT_TRUE(read(one, english).at("windows").at("review_until").is_null());
}

TEST_F(CaseApi, TakesAFormalOpinionPartByPartAndItsReview) {
  const auto one = in_work(a_field);
  EXPECT_EQ(read(one, officer()).at("answer_kind"), "opinion");
  EXPECT_EQ(act(one, "answer", officer(), R"("words":"It was measured","outcome":"explained","parts":{"claim":"More"})"),
            "400 parts.basis");
  EXPECT_EQ(act(one, "answer", officer(), R"("words":"It was measured","outcome":"maybe","parts":{"A B":"x"})"),
            "400 outcome parts.A B");
  ASSERT_EQ(act(one, "answer", officer(),
                R"("words":"It was measured","outcome":"explained","parts":{"claim":"More money","basis":"Article 48"})"),
            "200");
  ASSERT_EQ(act(one, "rule_proposal", leader(), R"("approved":true)"), "200");
  const auto mine = read(one, one.holder());
  EXPECT_EQ(mine.at("outcome"), "explained");
  EXPECT_TRUE(mine.at("windows").at("review_until").is_object());
  ASSERT_EQ(act(one, "ask_review", one.holder(), R"("words":"It was never measured")"), "200");
  ASSERT_EQ(act(one, "assign_review", dispatcher(), R"("unit":"council")"), "200");
  EXPECT_EQ(read(one, one.holder()).at("review"), json::parse(R"({"level":"review","unit":"council"})"));
  const auto reviewer = staff("reviewer", Role::officer, fixtures::council);
  ASSERT_EQ(act(one, "decide_review", reviewer, R"("outcome":"upheld","words":"It was measured well")"), "200");
  EXPECT_EQ(read(one, one.holder()).at("reviewed"), "review");
}

TEST_F(CaseApi, ShowsSupportsAndPromises) {
  const auto one = in_work(a_hole);
  ASSERT_EQ(act(one, "support", dispatcher(), R"("unit":"water")"), "200");
  EXPECT_EQ(act(one, "answer", officer(), R"("words":"Filled")"), "409");
  const auto helper = staff("helper", Role::officer, fixtures::water);
  ASSERT_EQ(act(one, "contribute", helper, R"("words":"The pipe is tight")"), "200");
  EXPECT_EQ(read(one, one.holder()).at("supports"), json::parse(R"([{"unit":"water","done":true}])"));
  EXPECT_EQ(act(one, "promise", officer(), R"("words":"A new surface","until":"tomorrow")"), "400 until");
  ASSERT_EQ(act(one, "promise", officer(), R"("words":"A new surface","until":"2026-06-01")"), "200");
  const auto promise = read(one, one.holder()).at("promises").as_array().at(0).as_object();
  EXPECT_EQ(promise.at("number"), 1);
  EXPECT_EQ(promise.at("words"), "A new surface");
  EXPECT_TRUE(promise.at("met_at").is_null());
  ASSERT_EQ(act(one, "fulfil", officer(), R"("promise":1,"words":"Done")"), "200");
  EXPECT_FALSE(read(one, one.holder()).at("promises").as_array().at(0).at("met_at").is_null());
  EXPECT_EQ(list(officer(), {{"mine", "true"}}).size(), 1U);
  EXPECT_EQ(list(helper, {{"mine", "true"}}).size(), 0U);
}

TEST_F(CaseApi, SplitsALetterAndNamesThePartThatIsWrong) {
  const auto one = file(R"({"body":"A hole, and a leak","contact":{"phone":"13900000000"}})");
  EXPECT_EQ(act(one, "split", dispatcher(), R"("parts":[{"body":"A hole"},{"body":"A leak","category":"nowhere"}])"),
            "400 parts[1].category");
  EXPECT_EQ(act(one, "split", dispatcher(), R"("parts":[{"body":"A hole"}])"), "400 parts");
  EXPECT_EQ(act(one, "split", dispatcher(), R"("parts":[{"body":"A hole"},{"subject":"A leak"}])"), "400 parts[1].body");
  ASSERT_EQ(act(one, "split", dispatcher(), R"("parts":[{"body":"A hole"},{"body":"A leak","category":"pipes"}])"), "200");
  const auto into = read(one, one.holder()).at("split_into").as_array();
  ASSERT_EQ(into.size(), 2U);
  const Case part{std::string(into[1].as_string()), one.secret, {}};
  const auto mine = read(part, part.holder());
  EXPECT_EQ(mine.at("split_from"), json::value(one.reference));
  EXPECT_EQ(mine.at("contact").at("phone"), "13900000000");
  EXPECT_EQ(mine.at("knows_identity"), true);
  const auto theirs = read(part, dispatcher());
  EXPECT_EQ(theirs.at("knows_identity"), false);
  EXPECT_TRUE(theirs.at("contact").is_null());
}

TEST_F(CaseApi, ShowsNobodyButStaffWhichCaseAnotherWasMergedInto) {
  const auto one = in_work(a_hole), other = in_work(a_hole);
  EXPECT_EQ(act(one, "merge", dispatcher(), R"("into":"222-222-222","reason":"The same")"), "400 into");
  ASSERT_EQ(act(one, "merge", dispatcher(), R"("into":")" + other.reference + R"(","reason":"The same")"), "200");
  EXPECT_EQ(read(one, second()).at("proposal").at("into"), json::value(other.reference));
  ASSERT_EQ(act(one, "rule_proposal", second(), R"("approved":true)"), "200");
  EXPECT_EQ(read(one, officer()).at("merged_into"), json::value(other.reference));
  EXPECT_THAT(json::serialize(read(one, one.holder())), testing::Not(HasSubstr(other.reference)));
  EXPECT_THAT(json::serialize(read(other, other.holder())), testing::Not(HasSubstr(one.reference)));
}

TEST_F(CaseApi, IsClosedToThoseItComplainsOf) {
  const auto one = file(R"({"body":"The roads office did nothing","category":"potholes","about":"roads"})");
  EXPECT_EQ(read(one, dispatcher()).at("about").at("unit"), "roads");
  EXPECT_EQ(act(one, "note", officer(), R"("words":"We did")"), "403");
  EXPECT_TRUE(list(leader(), {}).empty());
  EXPECT_EQ(act(one, "set_about", dispatcher(), R"("login":"nobody")"), "400 login");
  EXPECT_EQ(act(one, "set_about", dispatcher()), "400 reason");
  ASSERT_EQ(act(one, "set_about", dispatcher(), R"("reason":"It is about the road")"), "200");
  EXPECT_TRUE(read(one, dispatcher()).at("about").at("unit").is_null());
}

TEST_F(CaseApi, RefusesFlagsThatAreNone) {
  for (const auto* flag : {"urgent", "proposed", "mine", "returned"}) {
    const auto answer = site_.ask("GET", "/api/v1/cases", dispatcher(), {}, {{flag, "perhaps"}});
    EXPECT_EQ(answer.status, 400U) << flag;
  }
}

TEST_F(CaseApi, TellsWhatThePackSays) {
  const auto answer = site_.ask("GET", "/api/v1/pack");
  ASSERT_EQ(answer.status, 200U);
  const auto pack = json::parse(answer.body).as_object();
  EXPECT_EQ(pack.at("emergency_numbers").as_array().at(0).at("number"), "119");
  EXPECT_EQ(pack.at("answers").as_array().at(1).at("parts").as_array().at(0).at("code"), "claim");
  EXPECT_EQ(pack.at("answers").as_array().at(1).at("signed_off"), true);
  EXPECT_EQ(pack.at("roads").as_array().at(0).at("code"), "court");
  EXPECT_EQ(pack.at("pauses").as_array().at(0).at("code"), "hearing");
}

}  // namespace
}  // namespace huiyin::http::test
