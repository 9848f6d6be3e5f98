// Whom the server takes a request to come from, and how many it takes from one client.
#include "test_server.h"

namespace huiyin::http::test {
namespace {

TEST(Clients, LimitsEachClientsRate) {
  ServerSettings settings;
  settings.requests_per_minute = 60;
  settings.limit_loopback = true;
  TestServer at({hello(), echo()}, settings);
  Wire wire(at.port);
  const auto say_hello = [&] {
    wire.send(request_text("GET", "/hello"));
    return wire.read();
  };
  for (int i = 0; i < 60; ++i) EXPECT_EQ(say_hello().status, 200U);
  const auto refused = say_hello();
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(refused.header("retry-after"), "1");
  EXPECT_NE(refused.body.find("overloaded"), std::string::npos);
  at.clock.advance(std::chrono::milliseconds(1000));
  EXPECT_EQ(say_hello().status, 200U);
  EXPECT_EQ(ask(at.port, "POST", "/api/echo", {}, std::string(1'000'000, 'x')).status, 429U);
}

TEST(Clients, DoesNotLimitTheMachineItselfUnlessTold) {
  ServerSettings settings;
  settings.requests_per_minute = 1;
  settings.proxies = {"127.0.0.1"};
  TestServer at({hello()}, settings);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(ask(at.port, "GET", "/hello").status, 200U);
  EXPECT_EQ(ask(at.port, "GET", "/hello", {{"X-Forwarded-For", "203.0.113.9"}}).status, 200U);
  EXPECT_EQ(ask(at.port, "GET", "/hello", {{"X-Forwarded-For", "203.0.113.9"}}).status, 429U);
}

TEST(Clients, CountsAllBehindAnUnnamedProxyOnThisMachineAsOneClient) {
  ServerSettings settings;
  settings.requests_per_minute = 1;
  TestServer at({hello()}, settings);
  const auto status = [&](const Pairs& headers) { return ask(at.port, "GET", "/hello", headers).status; };
  EXPECT_EQ(status({{"X-Forwarded-For", "203.0.113.9"}}), 200U);
  EXPECT_EQ(status({{"X-Forwarded-For", "203.0.113.10"}}), 429U);
  EXPECT_EQ(status({{"Forwarded", "for=203.0.113.11"}}), 429U);
  EXPECT_EQ(status({{"X-Forwarded-For", ""}}), 429U);
  EXPECT_EQ(status({}), 200U);  // the machine itself
}

TEST(Clients, BelievesForwardedAddressesOnlyFromNamedProxies) {
  for (const bool named : {false, true}) {
    Request seen;
    ServerSettings settings;
    if (named) settings.proxies = {"127.0.0.0/8"};
    TestServer at({{"GET", "/who", "who",
                    [&](Request request, const Reply& reply) {
                      seen = std::move(request);
                      reply({});
                    }}},
                  settings);
    EXPECT_EQ(ask(at.port, "GET", "/who", {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}}).status, 200U);
    EXPECT_EQ(seen.client, named ? "203.0.113.9" : "127.0.0.1");
    EXPECT_EQ(seen.secure, named);
  }
}

}  // namespace
}  // namespace huiyin::http::test
