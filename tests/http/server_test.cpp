// The server over real sockets: what it says, refuses and survives.
#include <boost/json.hpp>
#include <thread>

#include "app/store.h"
#include "http/health.h"
#include "http/problem.h"
#include "http/reader.h"
#include "http/worker_pool.h"
#include "test_server.h"
#include "texts/keys.h"

namespace huiyin::http::test {
namespace {

using std::chrono::milliseconds;

std::string code_of(const Answer& answer) {
  EXPECT_EQ(answer.header("content-type"), "application/problem+json") << answer.body;
  const auto body = boost::json::parse(answer.body).as_object();
  EXPECT_EQ(std::string(body.at("request_id").as_string()), answer.header("x-request-id"));
  EXPECT_EQ(body.at("status").as_int64(), static_cast<std::int64_t>(answer.status));
  return std::string(body.at("code").as_string());
}

TEST(Server, AnswersWithTheHeadersEveryAnswerCarries) {
  TestServer at({hello(), echo()});
  const auto answer = ask(at.port, "GET", "/hello");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.header("referrer-policy"), "same-origin");
  EXPECT_EQ(answer.header("cross-origin-opener-policy"), "same-origin");
  EXPECT_EQ(answer.header("cache-control"), "no-store");
  EXPECT_EQ(answer.header("content-security-policy"),
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
  EXPECT_EQ(answer.header("date"), "Sun, 01 Mar 2026 08:33:20 GMT");
  EXPECT_EQ(answer.header("server"), "");
  EXPECT_EQ(answer.header("x-request-id").size(), 16U);
  EXPECT_EQ(ask(at.port, "GET", "/api/none").header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
}

TEST(Server, LeavesAHandlersOwnHeadersAlone) {
  TestServer at(
      {{"GET", "/own", "own", [](const Request&, const Reply& reply) {
          reply({200,
                 {{"cache-control", "max-age=60"}, {"Content-Length", "999"}, {"Content-Security-Policy", "default-src 'none'"}},
                 "x"});
        }}});
  const auto answer = ask(at.port, "GET", "/own");
  EXPECT_EQ(answer.body, "x");
  EXPECT_EQ(answer.header("cache-control"), "max-age=60");
  EXPECT_EQ(answer.header("content-security-policy"), "default-src 'none'");
  EXPECT_EQ(
      std::ranges::count_if(answer.headers, [](const auto& header) { return same_ignoring_case(header.first, "cache-control"); }),
      1);
}

TEST(Server, GivesHandlersTheRequestInParts) {
  Request seen;
  TestServer at({{"POST", "/api/{kind}/x", "parts", [&](Request request, const Reply& reply) {
                    seen = std::move(request);
                    reply({204, {}, ""});
                  }}});
  const auto answer = ask(at.port, "POST", "/api/%E4%B8%AD/x?q=a+b&q=%26", {{"Cookie", "s=1"}}, "body");
  EXPECT_EQ(answer.status, 204U);
  EXPECT_EQ(answer.header("content-length"), "");
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/api/%E4%B8%AD/x");
  EXPECT_EQ(seen.query, (Pairs{{"q", "a b"}, {"q", "&"}}));
  EXPECT_EQ(seen.param("kind"), "中");
  EXPECT_EQ(seen.cookie("s"), "1");
  EXPECT_EQ(seen.body, "body");
  EXPECT_EQ(seen.client, "127.0.0.1");
  EXPECT_EQ(seen.id, answer.header("x-request-id"));
  EXPECT_FALSE(seen.secure);
}

TEST(Server, KeepsConnectionsAliveAsTheVersionsSay) {
  TestServer at({hello()});
  Wire wire(at.port);
  for (int i = 0; i < 3; ++i) {
    wire.send(request_text("GET", "/hello"));
    EXPECT_EQ(wire.read().body, "hello");
  }
  wire.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(wire.read().header("connection"), "keep-alive");
  wire.send(request_text("GET", "/hello", {{"Connection", "close"}}));
  EXPECT_EQ(wire.read().header("connection"), "close");
  EXPECT_TRUE(wire.is_closed());
  Wire old(at.port);
  old.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read().body, "hello");
  EXPECT_TRUE(old.is_closed());
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  WorkerPool pool(2, 16);
  auto slow = echo("POST", "/slow");
  slow.handler = [&](Request request, Reply reply) {
    EXPECT_TRUE(pool.post([body = std::move(request.body), reply = std::move(reply)] { reply({200, {}, body}); }));
  };
  TestServer at({slow, hello()});
  Wire wire(at.port);
  wire.send(request_text("POST", "/slow", {}, "one") + "\r\n" + request_text("GET", "/hello") + request_text("HEAD", "/hello") +
            request_text("POST", "/slow", {}, "two"));
  EXPECT_EQ(wire.read().body, "one");
  EXPECT_EQ(wire.read().body, "hello");
  const auto head = wire.read(true);
  EXPECT_EQ(head.header("content-length"), "5");
  EXPECT_EQ(wire.read().body, "two");
}

TEST(Server, ReadsARequestThatComesByteByByte) {
  TestServer at({echo()});
  Wire wire(at.port);
  for (
      const char c :
      "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Late: 1\r\n\r\n") {
    if (c != '\0') wire.send(std::string_view(&c, 1));
  }
  EXPECT_EQ(wire.read().body, "abcde");
  wire.send(request_text("POST", "/api/echo", {}, "again"));
  EXPECT_EQ(wire.read().body, "again");
}

TEST(Server, AnswersUnknownPathsAndMethods) {
  TestServer at({hello(), echo()});
  EXPECT_EQ(code_of(ask(at.port, "GET", "/api/none")), "not_found");
  const auto wrong = ask(at.port, "DELETE", "/api/echo");
  EXPECT_EQ(wrong.status, 405U);
  EXPECT_EQ(wrong.header("allow"), "OPTIONS, POST");
  const auto options = ask(at.port, "OPTIONS", "/hello");
  EXPECT_EQ(options.status, 204U);
  EXPECT_EQ(options.header("allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(ask(at.port, "OPTIONS", "*").status, 204U);
  EXPECT_EQ(ask(at.port, "GET", "http://127.0.0.1/hello?a=b").body, "hello");
}

TEST(Server, SpeaksTheClientsLanguageAndLetsPagesBePages) {
  TestServer at({hello()}, {}, [](const Error& error, unsigned, const Request& request) {
    return Response{200, {{"Content-Type", "text/html"}}, "<p>" + say(error.message, language_of(request))};
  });
  const auto page = ask(at.port, "GET", "/none", {{"Accept", "text/html"}, {"Accept-Language", "en"}});
  EXPECT_EQ(page.status, 404U);
  EXPECT_EQ(page.body, "<p>" + say(key::http_no_such_address, Language::en));
  EXPECT_EQ(ask(at.port, "GET", "/none").body, "<p>" + say(key::http_no_such_address, Language::zh));
  EXPECT_EQ(code_of(ask(at.port, "GET", "/none", {{"Accept", "application/json"}})), "not_found");
  EXPECT_EQ(code_of(ask(at.port, "GET", "/api/none", {{"Accept", "text/html"}})), "not_found");
}

TEST(Server, RefusesWhatIsNoProperRequest) {
  struct Row {
    std::string_view name, bytes;
    unsigned expected;
  };
  TestServer at({hello(), echo()});
  const std::vector<Row> table{
      {"no HTTP", "hello\r\n\r\n", 400},
      {"no Host", "GET /hello HTTP/1.1\r\n\r\n", 400},
      {"two Hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
      {"a strange Host", "GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"two lengths that differ", "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
      {"two lengths that agree", "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", 400},
      {"a list of lengths", "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na", 400},
      {"a negative length", "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
      {"length and coding",
       "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"coding and length",
       "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400},
      {"a coding in 1.0", "POST /api/echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"an unknown coding", "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
      {"chunked not last", "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", 501},
      {"a space before the colon", "GET /hello HTTP/1.1\r\nHost : a\r\n\r\n", 400},
      {"a bare line feed", "GET /hello HTTP/1.1\nHost: a\n\n\r\n\r\n", 400},
      {"NUL in a value", std::string_view("GET /hello HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n", 39), 400},
      {"a fragment", "GET /hello#x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a broken escape in the query", "GET /hello?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a query that is no UTF-8", "GET /hello?a=%FF HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a bad chunk", "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
      {"an unknown expectation", "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: miracles\r\n\r\n", 417},
      {"the future", "GET /hello HTTP/2.0\r\nHost: a\r\n\r\n", 400},
      {"asterisk with GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
  };
  for (const auto& row : table) {
    Wire wire(at.port);
    wire.send(row.bytes);
    const auto answer = wire.read();
    EXPECT_EQ(answer.status, row.expected) << row.name;
    if (answer.status != 0) {
      EXPECT_EQ(answer.header("connection"), "close") << row.name;
      code_of(answer);
    }
  }
  EXPECT_EQ(ask(at.port, "GET", "/hello").status, 200U);
}

TEST(Server, RefusesLongHeadsReadably) {
  TestServer at({hello()});
  EXPECT_EQ(ask(at.port, "GET", "/" + std::string(uri_bytes_max, 'a')).status, 414U);
  EXPECT_EQ(ask(at.port, "GET", "/" + std::string(400'000, 'a')).status, 414U);
  EXPECT_EQ(ask(at.port, "GET", "/hello", {{"X-Long", std::string(17'000, 'a')}}).status, 431U);
  EXPECT_EQ(ask(at.port, "GET", "/hello", {{"X-Long", std::string(400'000, 'a')}}).status, 431U);
  EXPECT_EQ(ask(at.port, "GET", "/hello", Pairs(150, {"X", "y"})).status, 431U);
  EXPECT_EQ(ask(at.port, "GET", "/hello", Pairs(90, {"X", "y"})).status, 200U);
}

TEST(Server, CountsAHeadThatTricklesIn) {
  TestServer at({hello()});
  Wire wire(at.port);
  wire.send("GET /hello HTTP/1.1\r\nHost: a\r\n");
  const auto line = "X: " + std::string(1000, 'a') + "\r\n";
  for (int i = 0; i < 17; ++i) {
    wire.send(line);
    // An answer from the server shows that it has looked at its sockets since.
    EXPECT_EQ(ask(at.port, "GET", "/hello").status, 200U);
    EXPECT_EQ(ask(at.port, "GET", "/hello").status, 200U);
  }
  EXPECT_EQ(wire.read().status, 431U);
}

TEST(Server, TellsTheSenderOfATooLargeBodySo) {
  TestServer at({echo(), echo("POST", "/api/big", 12UL << 20U)});
  const std::string ten_megabytes(10'000'000, 'x');
  for (const bool chunked : {false, true}) {
    Wire wire(at.port);
    if (chunked) {
      wire.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      EXPECT_TRUE(wire.send("989680\r\n" + ten_megabytes + "\r\n0\r\n\r\n"));
    } else {
      EXPECT_TRUE(wire.send(request_text("POST", "/api/echo", {}, ten_megabytes)));
    }
    const auto answer = wire.read();
    EXPECT_EQ(answer.status, 413U);
    EXPECT_EQ(code_of(answer), "too_large");
    EXPECT_TRUE(wire.is_closed());
  }
  EXPECT_EQ(ask(at.port, "POST", "/api/big", {}, ten_megabytes).body, ten_megabytes);
  EXPECT_EQ(ask(at.port, "POST", "/api/echo", {}, std::string(body_bytes_usual, 'y')).status, 200U);
  EXPECT_EQ(ask(at.port, "POST", "/api/echo", {}, std::string(body_bytes_usual + 1, 'y')).status, 413U);
  EXPECT_EQ(ask(at.port, "POST", "/api/none", {}, ten_megabytes).status, 404U);
}

TEST(Server, RefusesEndlessChunkExtensions) {
  TestServer at({echo()});
  Wire wire(at.port);
  wire.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(100'000, 'a'));
  EXPECT_EQ(wire.read().status, 400U);
}

TEST(Server, SaysContinueOnlyWhenItWillReadTheBody) {
  TestServer at({echo()});
  Wire wire(at.port);
  wire.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(wire.read().status, 100U);
  wire.send("abc");
  EXPECT_EQ(wire.read().body, "abc");
  Wire big(at.port);
  big.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(big.read().status, 413U);
  Wire lost(at.port);
  lost.send("POST /api/none HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(lost.read().status, 404U);
}

TEST(Server, EndsWaitingForSlowClients) {
  ServerSettings settings;
  settings.header_timeout = settings.body_timeout = settings.idle_timeout = milliseconds(200);
  TestServer at({hello(), echo()}, settings);
  Wire head(at.port);
  head.send("GET /hello HTTP/1.1\r\nHo");
  EXPECT_EQ(head.read().status, 408U);
  Wire body(at.port);
  body.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na");
  const auto late = body.read();
  EXPECT_EQ(late.status, 408U);
  EXPECT_EQ(late.header("connection"), "close");
  Wire silent(at.port);
  EXPECT_TRUE(silent.is_closed());
  Wire idle(at.port);
  idle.send(request_text("GET", "/hello"));
  EXPECT_EQ(idle.read().status, 200U);
  EXPECT_TRUE(idle.is_closed());
}

TEST(Server, AnswersARequestCutShort) {
  TestServer at({echo()});
  Wire wire(at.port);
  wire.send("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na");
  wire.end_sending();
  EXPECT_EQ(wire.read().status, 400U);
}

TEST(Server, TurnsAwayMoreConnectionsThanItMayHold) {
  ServerSettings settings;
  settings.connections_max = 2;
  TestServer at({hello()}, settings);
  Wire first(at.port);
  Wire second(at.port);
  for (auto* wire : {&first, &second}) {
    wire->send(request_text("GET", "/hello"));
    EXPECT_EQ(wire->read().status, 200U);
  }
  Wire third(at.port);
  const auto answer = third.read();
  EXPECT_EQ(answer.status, 503U);
  EXPECT_NE(answer.header("retry-after"), "");
  EXPECT_EQ(code_of(answer), "overloaded");
  first.send(request_text("GET", "/hello"));
  EXPECT_EQ(first.read().status, 200U);
}

TEST(Server, SurvivesHandlersThatFail) {
  ServerSettings settings;
  settings.handler_timeout = milliseconds(200);
  Reply kept;
  TestServer at(
      {{"GET", "/api/throws", "throws", [](const Request&, const Reply&) { throw std::runtime_error("as planned"); }},
       {"GET", "/api/away", "away",
        [](const Request&, const Reply&) { throw app::StoreFailure(app::StoreFailure::Kind::busy, "the database is away"); }},
       {"GET", "/api/both", "both",
        [](const Request&, const Reply& reply) {
          reply({200, {}, "said"});
          throw 1;
        }},
       {"GET", "/api/drops", "drops", [](const Request&, const Reply&) {}},
       {"GET", "/api/keeps", "keeps", [&](const Request&, Reply reply) { kept = std::move(reply); }},
       {"GET", "/api/twice", "twice",
        [](const Request&, const Reply& reply) {
          reply({200, {}, "one"});
          reply({200, {}, "two"});
        }},
       {"GET", "/api/splits", "splits", [](const Request&, const Reply& reply) { reply({200, {{"X", "a\r\nb: c"}}, ""}); }},
       hello()},
      settings);
  Wire wire(at.port);
  const auto get = [&](std::string_view target) {
    wire.send(request_text("GET", target));
    return wire.read();
  };
  const auto thrown = get("/api/throws");
  EXPECT_EQ(code_of(thrown), "internal");
  EXPECT_EQ(thrown.body.find("planned"), std::string::npos);
  const auto away = get("/api/away");
  EXPECT_EQ(away.status, 503U);
  EXPECT_EQ(code_of(away), "unavailable");
  EXPECT_EQ(away.body.find("the database is away"), std::string::npos);
  EXPECT_EQ(get("/api/both").body, "said");
  EXPECT_EQ(code_of(get("/api/drops")), "internal");
  const auto late = get("/api/keeps");
  EXPECT_EQ(late.status, 503U);
  EXPECT_EQ(code_of(late), "unavailable");
  kept({200, {}, "too late"});
  EXPECT_EQ(get("/api/twice").body, "one");
  EXPECT_EQ(code_of(get("/api/splits")), "internal");
  EXPECT_EQ(get("/hello").body, "hello");
  const auto lines = at.lines(13);
  EXPECT_TRUE(
      std::ranges::any_of(lines, [](const auto& line) { return line.find("\"fault\":\"as planned\"") != std::string::npos; }));
}

TEST(Server, TakesRepliesFromOtherThreadsAndAfterItsEnd) {
  WorkerPool pool(2, 10'000);
  std::promise<Reply> held;
  std::vector<Route> routes{{"GET", "/far", "far",
                             [&](const Request&, Reply reply) {
                               if (!pool.post([reply = std::move(reply)] { reply({200, {}, "far"}); })) FAIL();
                             }},
                            {"GET", "/held", "held", [&](const Request&, Reply reply) { held.set_value(std::move(reply)); }}};
  ServerSettings settings;
  settings.graceful_stop = milliseconds(0);
  Reply late;
  {
    TestServer at(std::move(routes), settings);
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i) {
      clients.emplace_back([&at] {
        Wire wire(at.port);
        for (int n = 0; n < 200; ++n) {
          wire.send(request_text("GET", "/far"));
          ASSERT_EQ(wire.read().body, "far");
        }
      });
    }
    for (auto& client : clients) client.join();
    Wire wire(at.port);
    wire.send(request_text("GET", "/held"));
    late = held.get_future().get();
    at.server->stop();
    EXPECT_TRUE(wire.is_closed());
  }
  late({200, {}, "nobody listens"});
}

TEST(Server, LetsARunningRequestFinishWhenItStops) {
  std::promise<Reply> held;
  TestServer at({{"GET", "/held", "held", [&](const Request&, Reply reply) { held.set_value(std::move(reply)); }}, hello()});
  Wire idle(at.port);
  idle.send(request_text("GET", "/hello"));
  EXPECT_EQ(idle.read().status, 200U);
  Wire running(at.port);
  running.send(request_text("GET", "/held"));
  const auto reply = held.get_future().get();
  std::thread stopping([&] { at.server->stop(); });
  EXPECT_TRUE(idle.is_closed());  // shows that the stop has begun
  reply({200, {}, "finished"});
  const auto answer = running.read();
  EXPECT_EQ(answer.body, "finished");
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_TRUE(running.is_closed());
  running.end_sending();
  stopping.join();
  EXPECT_THROW(Wire(at.port), std::runtime_error);
}

TEST(Server, SaysClearlyThatAPortIsTaken) {
  TestServer at({hello()});
  FakeClock clock;
  SeededRandom random(1);
  ServerSettings settings;
  settings.port = at.port;
  Server second(settings, Router(), clock, random, {});
  try {
    second.start();
    FAIL();
  } catch (const std::runtime_error& fault) {
    EXPECT_EQ(std::string(fault.what()),
              "cannot listen on 127.0.0.1:" + std::to_string(at.port) + ": another program uses this port");
  }
  settings.address = "example";
  EXPECT_THROW(Server(settings, Router(), clock, random, {}).start(), std::runtime_error);
}

TEST(Server, WritesOneLogLineARequestWithoutWhatItHolds) {
  TestServer at({{"GET", "/cases/{reference}", "case", [](const Request&, const Reply& reply) { reply({200, {}, "12345"}); }}});
  // One after the other: a line is written after its answer was sent.
  ask(at.port, "GET", "/cases/F7K-3M2-Q9X?secret=hush", {{"Cookie", "session=hush"}});
  (void)at.lines(1);
  ask(at.port, "GET", "/hush");
  (void)at.lines(2);
  ask(at.port, "HUSH", "/hush");
  const auto lines = at.lines(3);
  ASSERT_EQ(lines.size(), 3U);
  for (const auto& line : lines) {
    for (const auto* word : {"hush", "HUSH", "F7K", "127.0.0.1"}) EXPECT_EQ(line.find(word), std::string::npos) << line;
  }
  const auto first = boost::json::parse(lines[0]).as_object();
  EXPECT_EQ(first.at("route"), "/cases/{reference}");
  EXPECT_EQ(first.at("method"), "GET");
  EXPECT_EQ(first.at("status"), 200);
  EXPECT_EQ(first.at("bytes"), 5);
  EXPECT_EQ(first.at("t"), "2026-03-01T08:33:20.000Z");
  EXPECT_TRUE(first.at("ms").is_double());
  EXPECT_EQ(boost::json::parse(lines[2]).as_object().at("method"), "other");
}

TEST(Health, IsToldAndFiguresStayOnTheMachine) {
  Metrics metrics;
  FakeClock clock;
  SeededRandom random(3);
  std::atomic<bool> ready = false;
  Router router;
  const auto state = [&]() -> Result<void> {
    if (ready) return {};
    return Error{Code::unavailable, {key::http_internal}};
  };
  add_health_routes(router, state, metrics);
  ServerSettings settings;
  settings.port = 0;
  settings.proxies = {"127.0.0.1"};
  Server server(settings, std::move(router), clock, random, {}, metrics);
  const auto port = server.start();
  EXPECT_EQ(ask(port, "GET", "/healthz").body, "ok\n");
  EXPECT_EQ(ask(port, "GET", "/readyz").status, 503U);
  ready = true;
  EXPECT_EQ(ask(port, "GET", "/readyz").status, 200U);
  const auto figures = ask(port, "GET", "/metrics");
  EXPECT_EQ(figures.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_NE(figures.body.find("huiyin_http_requests_total{route=\"readyz\",method=\"GET\",status=\"2xx\"}"), std::string::npos)
      << figures.body;
  EXPECT_EQ(ask(port, "GET", "/metrics", {{"X-Forwarded-For", "203.0.113.9"}}).status, 403U);
  EXPECT_EQ(ask(port, "GET", "/metrics", {{"X-Forwarded-For", "127.0.0.1"}}).status, 403U);
}

}  // namespace
}  // namespace huiyin::http::test
