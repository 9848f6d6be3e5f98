// A witness over HTTP as a server of ours asks it: what comes is told, whatever it is, and nothing is waited for beyond stop().
#include "channels/http_witness.h"

#include <gmock/gmock.h>

#include <future>

#include "base/crypto.h"
#include "http/test_server.h"

namespace huiyin::channels {
namespace {

using http::Reply;
using http::Request;

std::string url_of(const http::test::TestServer& server, std::string_view end = "") {
  return "http://127.0.0.1:" + std::to_string(server.port) + std::string(end);
}

TEST(HttpWitness, AsksTheTwoAddressesOfTheSpecification) {
  crypto::start();
  http::test::TestServer server({{"POST", "/w/add-checkpoint", "add",
                                  [](const Request& request, const Reply& reply) {
                                    reply({409, {{"Content-Type", "text/x.tlog.size"}}, "got " + request.body});
                                  }},
                                 {"GET", "/w/{log}/checkpoint", "get", [](const Request& request, const Reply& reply) {
                                    reply({200, {}, "head of " + std::string(request.param("log"))});
                                  }}});
  const auto witness = http_witness(url_of(server, "/w/"));
  for (int times = 0; times < 2; ++times) {
    const auto added = witness->add_checkpoint("old 0\n\nhead\n");
    ASSERT_TRUE(added.ok()) << added.error().detail;
    EXPECT_EQ(added->status, 409U);
    EXPECT_EQ(added->body, "got old 0\n\nhead\n");
    const auto head = witness->checkpoint("abc");
    ASSERT_TRUE(head.ok()) << head.error().detail;
    EXPECT_EQ(head->status, 200U);
    EXPECT_EQ(head->body, "head of abc");
  }
}

TEST(HttpWitness, TakesNoRedirectAndNoFlood) {
  crypto::start();
  http::test::TestServer server({{"POST", "/add-checkpoint", "add",
                                  [](const Request&, const Reply& reply) { reply({302, {{"Location", "/elsewhere"}}, ""}); }},
                                 {"GET", "/{log}/checkpoint", "get", [](const Request&, const Reply& reply) {
                                    reply({200, {}, std::string(log::note_bytes_max + 1, 'x')});
                                  }}});
  const auto witness = http_witness(url_of(server));
  EXPECT_EQ(witness->add_checkpoint("x")->status, 302U);
  EXPECT_FALSE(witness->checkpoint("abc").ok());
}

TEST(HttpWitness, TellsWhyNobodyAnswers) {
  std::uint16_t port = 0;
  {
    http::test::TestServer gone({});
    port = gone.port;
  }
  const auto witness = http_witness("http://127.0.0.1:" + std::to_string(port));
  const auto answer = witness->add_checkpoint("x");
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, Code::unavailable);
  EXPECT_THAT(answer.error().detail, testing::HasSubstr(std::to_string(port)));
}

TEST(HttpWitness, EndsWhatIsUnderWayWhenItIsStopped) {
  std::promise<void> asked;
  std::vector<Reply> held;
  http::test::TestServer server({{"POST", "/add-checkpoint", "add", [&](const Request&, const Reply& reply) {
                                    held.push_back(reply);
                                    asked.set_value();
                                  }}});
  const auto witness = http_witness(url_of(server));
  auto answer = std::async(std::launch::async, [&] { return witness->add_checkpoint("x").ok(); });
  asked.get_future().wait();
  witness->stop();
  EXPECT_FALSE(answer.get());
  EXPECT_FALSE(witness->checkpoint("abc").ok());
  held.front()({200, {}, ""});
}

TEST(HttpWitness, KnowsAddresses) {
  for (const auto* good :
       {"http://127.0.0.1:8312", "https://witness.example.org", "https://witness.example.org/one/", "http://[::1]:1"})
    EXPECT_TRUE(is_witness_url(good)) << good;
  for (const auto* bad : {"", "witness.example.org", "ftp://witness.example.org", "http://", "https://user@witness.example.org",
                          "https://witness.example.org?x", "https://witness.example.org#x", "http://a b"})
    EXPECT_FALSE(is_witness_url(bad)) << bad;
}

}  // namespace
}  // namespace huiyin::channels
