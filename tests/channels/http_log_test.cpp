// A published log over HTTP: files as they are, long ones page by page, and patience with a server that asks for it.
#include "channels/http_log.h"

#include <gmock/gmock.h>

#include <atomic>

#include "base/crypto.h"
#include "http/test_server.h"

namespace huiyin::channels {
namespace {

using http::Reply;
using http::Request;
using http::Response;

// A clock that only goes on: pauses pass as quickly as they are looked at.
class QuickClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return {}; }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override { return std::chrono::milliseconds(ms_ += 100'000); }

 private:
  mutable std::atomic<std::int64_t> ms_{0};
};

// A log of which each file is what `give` makes of its name.
class HttpLogTest : public testing::Test {
 protected:
  HttpLogTest() { crypto::start(); }

  std::string url(std::string_view end = "/log/town") const {
    return "http://127.0.0.1:" + std::to_string(server.port) + std::string(end);
  }
  std::string read(log::PublishedFiles& from, const std::string& name, std::size_t bytes_max = 1000) {
    auto got = from.read(name, bytes_max);
    if (!got.ok()) return "error " + got.error().message.arguments.at(1).value;
    return got->value_or("nothing");
  }
  static std::string all_of(log::FilePieces& pieces) {
    std::string all;
    for (;;) {
      auto piece = pieces.next();
      if (!piece.ok()) return "error " + piece.error().message.arguments.at(1).value;
      if (piece->empty()) return all;
      all += *piece;
    }
  }

  QuickClock clock;
  std::atomic<int> asked{0};
  std::function<Response(const Request&)> give;
  http::test::TestServer server{{{"GET", "/log/town/{rest*}", "file", [this](const Request& request, const Reply& reply) {
                                    ++asked;
                                    reply(give(request));
                                  }}}};
  std::unique_ptr<log::PublishedFiles> files = http_log(url(), clock);
};

TEST_F(HttpLogTest, ReadsFilesByName) {
  give = [](const Request& request) {
    const std::string name(request.param("rest"));
    return name == "none" ? Response{404, {}, "?"} : Response{200, {}, "the file " + name};
  };
  EXPECT_EQ(read(*files, "tile/0/000"), "the file tile/0/000");
  EXPECT_EQ(read(*files, "none"), "nothing");
  EXPECT_EQ(read(*http_log(url("/log/town//"), clock), "checkpoint"), "the file checkpoint");
}

TEST_F(HttpLogTest, FetchesWhatIsExpectedOnceAndInAnyOrder) {
  give = [](const Request& request) { return Response{200, {}, std::string(request.param("rest"))}; };
  for (int i = 0; i < 200; ++i) files->expect("tile/0/" + std::to_string(i), 1000);
  for (int i = 199; i >= 0; --i) EXPECT_EQ(read(*files, "tile/0/" + std::to_string(i)), "tile/0/" + std::to_string(i));
  EXPECT_EQ(asked, 200);
}

TEST_F(HttpLogTest, TakesNoMoreOfAFileThanItMayHold) {
  give = [](const Request&) { return Response{200, {}, std::string(1'000'000, 'x')}; };
  const auto got = read(*files, "tile/0/000", 8192);
  EXPECT_GT(got.size(), 8192U);
  EXPECT_LT(got.size(), 1'000'000U);
}

TEST_F(HttpLogTest, WaitsWhenItIsAskedToAndTriesAgainWhatFailed) {
  give = [this](const Request&) {
    if (asked == 1) return Response{429, {{"Retry-After", "7"}}, ""};
    if (asked == 2) return Response{503, {{"Retry-After", "1"}}, ""};
    if (asked == 3) return Response{500, {}, ""};
    return Response{200, {}, "at last"};
  };
  EXPECT_EQ(read(*files, "figures.json"), "at last");
  EXPECT_EQ(asked, 4);
}

TEST_F(HttpLogTest, GivesUpAndSaysWhy) {
  give = [](const Request&) { return Response{500, {}, ""}; };
  EXPECT_EQ(read(*files, "checkpoint"), "error HTTP 500");
  EXPECT_EQ(asked, static_cast<int>(log_tries_max));
  asked = 0;
  give = [](const Request&) { return Response{302, {{"Location", "/elsewhere"}}, ""}; };
  EXPECT_EQ(read(*files, "checkpoint"), "error HTTP 302");
  EXPECT_EQ(asked, 1) << "what will not pass is not tried again";
  asked = 0;
  give = [](const Request&) { return Response{429, {{"Retry-After", "1"}}, ""}; };
  EXPECT_EQ(read(*files, "checkpoint"), "error HTTP 429");
  EXPECT_EQ(asked, static_cast<int>(log_waits_max) + 1);
  std::uint16_t port = 0;
  {
    http::test::TestServer gone({});
    port = gone.port;
  }
  const auto nobody = http_log("http://127.0.0.1:" + std::to_string(port), clock);
  EXPECT_THAT(read(*nobody, "checkpoint"), testing::HasSubstr(std::to_string(port)));
}

TEST_F(HttpLogTest, FollowsThePagesOfALongFile) {
  const std::string page(200'000, 'a');
  give = [&](const Request& request) {
    const auto from = request.parameter("from").value_or("0");
    if (from == "0") return Response{200, {{"Link", R"(</log/town/disclosures/2026-03.jsonl?from=7>; rel="next")"}}, page};
    if (from == "7") return Response{200, {{"link", R"(<2026-03.jsonl?from=9>; rel="next")"}}, "b"};
    return Response{200, {{"Link", R"(</log/town/other>; rel="prev")"}}, "c"};
  };
  const auto opened = files->open("disclosures/2026-03.jsonl");
  ASSERT_TRUE(opened.ok() && *opened != nullptr);
  EXPECT_EQ(all_of(**opened), page + "bc");
  EXPECT_EQ(asked, 3);
}

TEST_F(HttpLogTest, FollowsNoLinkOutOfTheLog) {
  give = [](const Request&) { return Response{200, {{"Link", R"(<http://127.0.0.1:1/log/town/x>; rel="next")"}}, "a"}; };
  EXPECT_EQ(all_of(**files->open("disclosures/2026-03.jsonl")), "a");
  give = [](const Request&) { return Response{200, {{"Link", R"(</log/village/x>; rel="next")"}}, "b"}; };
  EXPECT_EQ(all_of(**files->open("disclosures/2026-03.jsonl")), "b");
  give = [](const Request&) { return Response{404, {}, ""}; };
  EXPECT_EQ(*files->open("disclosures/2026-04.jsonl"), nullptr);
}

TEST(HttpLogAddress, IsOneThatAPathCanFollow) {
  const QuickClock clock;
  for (const auto* bad : {"", "ftp://x/log", "https://user@x/log", "https://x/log?a", "https://x/log#a"})
    EXPECT_EQ(http_log(bad, clock), nullptr) << bad;
  EXPECT_NE(http_log("https://x/log/town/", clock), nullptr);
}

}  // namespace
}  // namespace huiyin::channels
