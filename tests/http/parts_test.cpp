// The parts without a socket: forms, routes, problems, metrics, proxies, limits.
#include <boost/json.hpp>
#include <future>

#include "base/text.h"
#include "http/health.h"
#include "http/metrics.h"
#include "http/peers.h"
#include "http/problem.h"
#include "http/rate_limit.h"
#include "http/router.h"
#include "http/wire.h"
#include "http/worker_pool.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

TEST(Form, IsReadOrRefusedAsTheTableSays) {
  struct Row {
    std::string_view body;
    std::optional<Pairs> expected;
  };
  const std::vector<Row> table{
      {"", Pairs{}},
      {"a=1&b=2", Pairs{{"a", "1"}, {"b", "2"}}},
      {"a=1&a=2", Pairs{{"a", "1"}, {"a", "2"}}},
      {"a=x+y%20z", Pairs{{"a", "x y z"}}},
      {"a=b=c", Pairs{{"a", "b=c"}}},
      {"a", Pairs{{"a", ""}}},
      {"=v", Pairs{{"", "v"}}},
      {"&&a=1&", Pairs{{"a", "1"}}},
      {"n=%E4%B8%AD", Pairs{{"n", "中"}}},
      {"a=%2", std::nullopt},
      {"a=%", std::nullopt},
      {"a=%zz", std::nullopt},
      {"%=a", std::nullopt},
      {"a=%FF", std::nullopt},
      {"a=%00", std::nullopt},
      {"a=%C0%AF", std::nullopt},
  };
  for (const auto& row : table) {
    const auto read = parse_form(row.body);
    EXPECT_EQ(read.ok(), row.expected.has_value()) << row.body;
    if (read.ok() && row.expected) {
      EXPECT_EQ(*read, *row.expected) << row.body;
    }
  }
}

TEST(Form, HasAtMostSoManyFields) {
  std::string body;
  for (std::size_t i = 0; i < form_fields_max; ++i) body += "a=1&";
  EXPECT_TRUE(parse_form(body).ok());
  EXPECT_FALSE(parse_form(body + "a=1").ok());
}

TEST(Percent, DecodingUndoesEncoding) {
  const std::string all = "a b/中%+~";
  EXPECT_EQ(percent_encoded(all), "a%20b%2F%E4%B8%AD%25%2B~");
  EXPECT_EQ(percent_decoded(percent_encoded(all)), all);
  EXPECT_EQ(percent_decoded("a+b"), "a+b");
  EXPECT_EQ(percent_decoded("a%4"), std::nullopt);
}

TEST(Request, FindsHeadersCookiesAndParameters) {
  Request request;
  request.headers = {{"Accept", "x"}, {"cookie", "a=1; session=abc=d"}, {"Cookie", "late=2"}};
  request.query = {{"q", ""}, {"page", "2"}};
  EXPECT_EQ(request.header("ACCEPT"), "x");
  EXPECT_EQ(request.header("none"), "");
  EXPECT_EQ(request.cookie("session"), "abc=d");
  EXPECT_EQ(request.cookie("late"), "2");
  EXPECT_EQ(request.cookie("sess"), std::nullopt);
  EXPECT_EQ(request.parameter("q"), std::nullopt);
  EXPECT_EQ(request.parameter("page"), "2");
}

Router table_router() {
  const Handler none = [](const Request&, const Reply&) {};
  Router router;
  router.add(std::vector<Route>{{"GET", "/", "front", none},
                                {"GET", "/cases", "list", none},
                                {"POST", "/cases", "submit", none},
                                {"GET", "/cases/new", "new", none},
                                {"GET", "/cases/{reference}", "show", none},
                                {"POST", "/cases/{reference}/{act}", "act", none},
                                {"GET", "/cases/new/{step}/end", "step", none},
                                {"GET", "/{lang}/help", "help", none},
                                {"GET", "/files/{path*}", "files", none}});
  return router;
}

TEST(Router, FindsWhatTheTableSays) {
  using Outcome = Router::Outcome;
  struct Row {
    std::string_view method, path, route;
    Pairs params;
    std::string_view allow;
    Outcome expected;
  };
  const auto router = table_router();
  const std::vector<Row> table{
      {"GET", "/", "front", {}, "", Outcome::found},
      {"GET", "/cases", "list", {}, "", Outcome::found},
      {"HEAD", "/cases", "list", {}, "", Outcome::found},
      {"GET", "/c%61ses", "list", {}, "", Outcome::found},
      {"GET", "/cases/new", "new", {}, "", Outcome::found},
      {"GET", "/cases/F7K", "show", {{"reference", "F7K"}}, "", Outcome::found},
      {"GET", "/cases/a%2Fb", "show", {{"reference", "a/b"}}, "", Outcome::found},
      {"GET", "/cases/%E4%B8%AD", "show", {{"reference", "中"}}, "", Outcome::found},
      {"POST", "/cases/new/close", "act", {{"reference", "new"}, {"act", "close"}}, "", Outcome::found},
      {"GET", "/cases/help", "show", {{"reference", "help"}}, "", Outcome::found},
      {"GET", "/zh/help", "help", {{"lang", "zh"}}, "", Outcome::found},
      {"GET", "/files/a/b.txt", "files", {{"path", "a/b.txt"}}, "", Outcome::found},
      {"GET", "/cases/", "", {}, "", Outcome::not_found},
      {"GET", "/nothing", "", {}, "", Outcome::not_found},
      {"GET", "/files", "", {}, "", Outcome::not_found},
      {"DELETE", "/cases", "", {}, "GET, HEAD, OPTIONS, POST", Outcome::wrong_method},
      {"get", "/cases", "", {}, "GET, HEAD, OPTIONS, POST", Outcome::wrong_method},
      {"HEAD", "/cases/a/b", "", {}, "OPTIONS, POST", Outcome::wrong_method},
      {"OPTIONS", "/cases", "", {}, "GET, HEAD, OPTIONS, POST", Outcome::options},
      {"GET", "/cases/%FF", "", {}, "", Outcome::malformed},
      {"GET", "/cases/%0", "", {}, "", Outcome::malformed},
      {"GET", "cases", "", {}, "", Outcome::malformed},
      {"GET", "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", "", {}, "", Outcome::not_found},
  };
  for (const auto& row : table) {
    const auto match = router.match(row.method, row.path);
    EXPECT_EQ(match.outcome, row.expected) << row.method << ' ' << row.path;
    EXPECT_EQ(match.route != nullptr ? match.route->name : "", row.route) << row.path;
    EXPECT_EQ(match.params, row.params) << row.path;
    EXPECT_EQ(match.allow, row.allow) << row.path;
  }
  EXPECT_EQ(router.routes().size(), 9U);
}

TEST(Problem, SaysWhatIsWrongInBothLanguages) {
  const Error error{Code::invalid,
                    {key::invalid_fields},
                    {{"place.lat", "912", {key::expected_number, {{"low", "-90"}, {"high", "90"}}}}},
                    "secret detail"};
  for (const auto language : {Language::zh, Language::en}) {
    const auto response = problem(error, language, "id-1");
    EXPECT_EQ(response.status, 400U);
    EXPECT_EQ(response.headers.at(0).second, "application/problem+json");
    const auto body = boost::json::parse(response.body).as_object();
    EXPECT_EQ(body.at("type"), "urn:huiyin:problem:invalid");
    EXPECT_EQ(body.at("code"), "invalid");
    EXPECT_EQ(body.at("status"), 400);
    EXPECT_EQ(body.at("request_id"), "id-1");
    EXPECT_EQ(body.at("detail"), boost::json::value(say(error.message, language)));
    const auto& field = body.at("errors").at(0).as_object();
    EXPECT_EQ(field.at("field"), "place.lat");
    EXPECT_EQ(field.at("got"), "912");
    EXPECT_EQ(field.at("expected"), boost::json::value(say(error.fields[0].expected, language)));
    EXPECT_EQ(response.body.find("secret"), std::string::npos);
  }
  EXPECT_NE(problem(error, Language::zh, "").body, problem(error, Language::en, "").body);
}

TEST(Problem, UnderAnotherStatusHasNoTypeOfItsOwn) {
  const auto response = problem({Code::overloaded, {key::http_internal}}, 429, Language::en, "x");
  const auto body = boost::json::parse(response.body).as_object();
  EXPECT_EQ(body.at("type"), "about:blank");
  EXPECT_EQ(body.at("title"), "Too Many Requests");
}

TEST(Problem, OfABusyServerSaysWhenToTryAgain) {
  EXPECT_EQ(status_of(Code::overloaded), 503U);
  const auto response = problem({Code::overloaded, {key::http_internal}}, Language::en, "x");
  EXPECT_EQ(response.headers.back().first, "Retry-After");
}

TEST(Problem, IsPreferredByApiPathsAndByAcceptHeaders) {
  struct Row {
    std::string path, accept;
    bool expected;
  };
  for (const auto& row : std::vector<Row>{{"/api/v1/cases", "text/html", true},
                                          {"/log/checkpoint", "", true},
                                          {"/open311/v2/services.json", "", true},
                                          {"/zh/", "", false},
                                          {"/zh/", "*/*", false},
                                          {"/zh/", "application/json", true},
                                          {"/zh/", "text/html, application/json;q=0.9", false},
                                          {"/zh/", "text/html;q=0.5, application/problem+json", true},
                                          {"/apix", "text/html", false}}) {
    Request request;
    request.path = row.path;
    request.headers = {{"Accept", row.accept}};
    EXPECT_EQ(prefers_problem(request), row.expected) << row.path << ' ' << row.accept;
  }
}

TEST(Wire, GivesTheDateOfRfc9110) {
  EXPECT_EQ(http_date({784'111'777'000}), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date({0}), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(Wire, LetsNoHeaderBreakTheFraming) {
  EXPECT_TRUE(is_sendable({200, {{"Location", "/zh/"}}, ""}));
  EXPECT_FALSE(is_sendable({200, {{"Location", "/\r\nSet-Cookie: a=b"}}, ""}));
  EXPECT_FALSE(is_sendable({200, {{"Lo cation", "/"}}, ""}));
  EXPECT_FALSE(is_sendable({99, {}, ""}));
  EXPECT_FALSE(is_sendable({101, {}, ""}));
}

TEST(Metrics, AreWrittenInPrometheusText) {
  Metrics metrics;
  metrics.counter("b_total", "Things.", {{"route", "a\"b"}}).add(2);
  metrics.counter("b_total", "Things.", {{"route", "a\"b"}}).add();
  metrics.gauge("a_open", "Open.", [] { return 1.5; });
  metrics.histogram("c_seconds", "Time.").observe(0.003);
  metrics.histogram("c_seconds", "Time.").observe(60);
  const auto text = metrics.text();
  EXPECT_TRUE(
      text.starts_with("# HELP a_open Open.\n# TYPE a_open gauge\na_open 1.5\n# HELP b_total Things.\n# TYPE b_total counter\n"
                       "b_total{route=\"a\\\"b\"} 3\n"))
      << text;
  EXPECT_NE(text.find("c_seconds_bucket{le=\"0.0025\"} 0\nc_seconds_bucket{le=\"0.005\"} 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("c_seconds_bucket{le=\"10\"} 1\nc_seconds_bucket{le=\"+Inf\"} 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("c_seconds_sum 60.003\nc_seconds_count 2\n"), std::string::npos) << text;
  metrics.remove_gauge("a_open");
  EXPECT_EQ(metrics.text().find("a_open"), std::string::npos);
}

TEST(Proxies, AreBelievedOnlyWhenNamed) {
  struct Row {
    std::string peer;
    Pairs headers;
    std::string client;
    bool secure;
  };
  const Proxies proxies({"10.0.0.0/8", "::1"});
  const std::vector<Row> table{
      {"192.0.2.1", {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}}, "192.0.2.1", false},
      {"10.1.1.1", {}, "10.1.1.1", false},
      {"10.1.1.1", {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}}, "203.0.113.9", true},
      {"10.1.1.1", {{"X-Forwarded-For", "198.51.100.7, 203.0.113.9, 10.2.2.2"}}, "203.0.113.9", false},
      {"10.1.1.1", {{"X-Forwarded-For", "198.51.100.7"}, {"X-Forwarded-For", "203.0.113.9"}}, "203.0.113.9", false},
      {"10.1.1.1", {{"X-Forwarded-For", "198.51.100.7, nonsense"}}, "10.1.1.1", false},
      {"10.1.1.1", {{"X-Forwarded-For", "203.0.113.9:4711"}}, "203.0.113.9", false},
      {"::1", {{"Forwarded", "for=\"[2001:db8::1]:80\";proto=https"}}, "2001:db8::1", true},
      {"::1", {{"Forwarded", "for=192.0.2.60"}, {"X-Forwarded-For", "203.0.113.9"}}, "203.0.113.9", false},
      {"::ffff:10.0.0.1", {{"X-Forwarded-For", "203.0.113.9"}}, "203.0.113.9", false},
  };
  for (const auto& row : table) {
    Request request;
    request.headers = row.headers;
    const auto origin = proxies.origin_of(*NetAddress::parse(row.peer), request);
    EXPECT_EQ(origin.client, row.client) << row.peer;
    EXPECT_EQ(origin.secure, row.secure) << row.peer;
  }
  for (const auto* wrong : {"10.0.0.0/33", "proxy.example", "10.0.0.0/", "10.0.0.0/8x", ""})
    EXPECT_THROW(Proxies({wrong}), std::runtime_error) << wrong;
}

TEST(RateLimit, LetsThroughABurstThenTheRate) {
  using std::chrono::milliseconds;
  RateLimit limit(60);
  for (int i = 0; i < 60; ++i) EXPECT_FALSE(limit.refuse("203.0.113.9", milliseconds(0)));
  EXPECT_EQ(limit.refuse("203.0.113.9", milliseconds(0)), std::chrono::seconds(1));
  EXPECT_FALSE(limit.refuse("203.0.113.10", milliseconds(0)));
  EXPECT_FALSE(limit.refuse("203.0.113.9", milliseconds(1000)));
  EXPECT_TRUE(limit.refuse("203.0.113.9", milliseconds(1000)));
}

TEST(RateLimit, CountsANeighbourhoodOfIpv6AsOne) {
  RateLimit limit(1);
  EXPECT_FALSE(limit.refuse("2001:db8::1", std::chrono::milliseconds(0)));
  EXPECT_TRUE(limit.refuse("2001:db8::2", std::chrono::milliseconds(0)));
  EXPECT_FALSE(limit.refuse("2001:db8:0:1::2", std::chrono::milliseconds(0)));
}

TEST(WorkerPool, RefusesWhenFullAndDrainsAtItsEnd) {
  std::promise<void> started;
  std::promise<void> go_on;
  std::atomic<int> done = 0;
  std::string failure;
  {
    WorkerPool pool(1, 2, [&](std::string_view what) { failure = what; });
    EXPECT_TRUE(pool.post([&] {
      started.set_value();
      go_on.get_future().wait();
      throw std::runtime_error("as planned");
    }));
    started.get_future().wait();
    EXPECT_TRUE(pool.post([&] { ++done; }));
    EXPECT_TRUE(pool.post([&] { ++done; }));
    EXPECT_FALSE(pool.post([&] { ++done; }));
    EXPECT_EQ(pool.waiting(), 2U);
    go_on.set_value();
  }
  EXPECT_EQ(done, 2);
  EXPECT_EQ(failure, "as planned");
}

}  // namespace
}  // namespace huiyin::http
