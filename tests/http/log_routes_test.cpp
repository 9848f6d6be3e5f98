// The public log over HTTP: who asks gets what the published head covers, byte for byte, and nothing beyond it.
#include "http/log/log_routes.h"

#include <gmock/gmock.h>
#include <zlib.h>

#include "app/filled_log.h"
#include "http/log/gzip.h"
#include "log/bundle.h"
#include "log/checkpoint.h"
#include "site.h"
#include "test_server.h"

namespace huiyin::http::test {
namespace {

using testing::HasSubstr;

class Log : public testing::Test {
 protected:
  Response get(const std::string& path, Pairs headers = {}) { return site_.ask("GET", "/log/town/" + path, std::move(headers)); }
  log::Checkpoint checkpoint() {
    const auto verifier = log::NoteVerifier::parse(site_.world.town->signer.vkey()).value();
    return log::open_checkpoint(log::parse_note(get("checkpoint").body).value(), verifier).value();
  }
  std::string stored_entry(std::uint64_t index) {
    return site_.world.store->read(site_.world.town->id)->find_entry(index).value();
  }

  Site site_;
};

std::string unzipped(const std::string& body, std::size_t length) {
  std::string out(length + 1, '\0');
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST_F(Log, IsProvenFromItsOwnFilesAlone) {
  app::append_entries(site_.world, 300);
  const auto head = checkpoint();
  EXPECT_EQ(head.size, 300U);
  EXPECT_EQ(head.origin, "example.org/town/log1");
  log::Tree tree;
  Bytes hashes;
  for (const auto& path : {"tile/entries/000", "tile/entries/001.p/44"}) {
    const auto bundle = get(path).body;
    const auto entries = log::parse_bundle(as_bytes(bundle));
    ASSERT_TRUE(entries.ok());
    for (const auto entry : *entries) {
      tree.append(log::leaf_hash(as_bytes(entry)));
      const auto leaf = log::leaf_hash(as_bytes(entry));
      hashes.insert(hashes.end(), leaf.begin(), leaf.end());
    }
  }
  EXPECT_EQ(tree.size(), 300U);
  EXPECT_EQ(tree.root(), head.root);
  EXPECT_EQ(get("tile/0/000").body + get("tile/0/001.p/44").body, as_text(hashes));
  EXPECT_EQ(get("tile/1/000.p/1").body.size(), 32U);
  EXPECT_EQ(get("vkey").body, site_.world.town->signer.vkey() + "\n");
}

TEST_F(Log, ServesAnOlderWidthOfATileAsItsBeginning) {
  app::append_entries(site_.world, 300);
  const auto whole = get("tile/0/000").body;
  EXPECT_EQ(get("tile/0/000.p/5").body, whole.substr(0, 5 * 32));
  EXPECT_EQ(get("tile/0/001.p/3").body, get("tile/0/001.p/44").body.substr(0, 3 * 32));
  const auto bundle = get("tile/entries/000.p/2").body;
  EXPECT_EQ(log::parse_bundle(as_bytes(bundle)).value().back(), stored_entry(1));
}

TEST_F(Log, SaysHowLongEachFileMayBeKept) {
  app::append_entries(site_.world, 260);
  for (const auto& path : {"tile/0/000", "tile/entries/000"})
    EXPECT_EQ(header_of(get(path), "Cache-Control"), "public, max-age=31536000, immutable") << path;
  for (const auto& path : {"checkpoint", "tile/0/001.p/4", "tile/entries/001.p/4", "tile/0/000.p/9"})
    EXPECT_EQ(header_of(get(path), "Cache-Control"), "public, max-age=5") << path;
}

TEST_F(Log, HasNothingBeyondTheSignedHead) {
  app::append_entries(site_.world, 2);
  app::append_unsigned_entry(site_.world);
  EXPECT_EQ(site_.world.store->read(site_.world.town->id)->head().size, 3U);
  EXPECT_EQ(checkpoint().size, 2U);
  EXPECT_EQ(get("tile/entries/000.p/2").status, 200U);
  for (const auto& path :
       {"tile/entries/000.p/3", "tile/0/000.p/3", "tile/entries/000", "tile/0/000", "tile/1/000.p/1", "tile/0/001.p/1",
        "tile/entries/001", "tile/7/000", "tile/63/000", "tile/0/x018/x446/x744/x073/x709/x551/615"})
    EXPECT_EQ(get(path).status, 404U) << path;
}

TEST_F(Log, KnowsOneSpellingOfAnAddress) {
  app::append_entries(site_.world, 2);
  for (const auto& path : {"tile/0/0.p/2", "tile/0/000.p/02", "tile/0/x000/000.p/2", "tile/00/000.p/2", "tile/entries/", "tile/0",
                           "tile/0/000.p/0", "tile/0/000.p/2/", "Checkpoint", "checkpoint/", "packs/ff"})
    EXPECT_EQ(get(path).status, 404U) << path;
  EXPECT_EQ(site_.ask("GET", "/log/village/checkpoint").status, 404U) << "a log that is not served here";
  EXPECT_EQ(site_.ask("GET", "/log/nowhere/tile/0/000").status, 404U);
}

TEST_F(Log, OfNoEntryHasAKeyAndNoCheckpoint) {
  EXPECT_EQ(get("vkey").status, 200U);
  const auto answer = site_.ask("GET", "/log/town/checkpoint", {{"Accept-Language", "en"}});
  EXPECT_EQ(answer.status, 404U);
  EXPECT_THAT(answer.body, HasSubstr("Nothing has been published in this log yet."));
  EXPECT_EQ(get("tile/0/000.p/1").status, 404U);
}

TEST_F(Log, TellsAClientThatItHasTheNewestAlready) {
  app::append_entries(site_.world, 1);
  const auto first = get("checkpoint");
  const auto tag = header_of(first, "ETag");
  const auto again = get("checkpoint", {{"If-None-Match", R"("other", )" + tag}});
  EXPECT_EQ(again.status, 304U);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(header_of(again, "ETag"), tag);
  app::append_entries(site_.world, 1);
  EXPECT_EQ(get("checkpoint", {{"If-None-Match", tag}}).status, 200U);
}

TEST_F(Log, IsShortenedForWhoTakesIt) {
  app::append_entries(site_.world, 20);
  const auto plain = get("tile/entries/000.p/20");
  EXPECT_EQ(header_of(plain, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header_of(plain, "Content-Encoding"), "");
  const auto shorter = get("tile/entries/000.p/20", {{"Accept-Encoding", "br, gzip"}});
  EXPECT_EQ(header_of(shorter, "Content-Encoding"), "gzip");
  EXPECT_EQ(header_of(shorter, "ETag"), header_of(plain, "ETag"));
  EXPECT_LT(shorter.body.size(), plain.body.size());
  EXPECT_EQ(unzipped(shorter.body, plain.body.size()), plain.body);
  EXPECT_EQ(header_of(get("tile/0/000.p/20", {{"Accept-Encoding", "gzip"}}), "Content-Encoding"), "") << "hashes";
}

TEST(Gzip, IsTakenWhereTheHeaderSaysSo) {
  struct {
    std::string_view header;
    bool taken;
  } const table[] = {
      {"", false},          {"gzip", true},     {"GZIP;q=0.5", true}, {"gzip;q=0", false},   {"br", false},
      {"*", true},          {"*;q=0", false},   {"br, gzip", true},   {"*;q=0, gzip", true}, {"gzip;q=0, *", false},
      {"deflate, *", true}, {"identity", false}};
  for (const auto& [header, taken] : table) EXPECT_EQ(accepts_gzip(header), taken) << header;
  EXPECT_EQ(unzipped(gzipped(""), 0), "");
}

TEST_F(Log, PublishesTheRulesThatItsEntriesName) {
  const std::string rules = R"({"zone":"Asia/Shanghai"})";
  const auto hash = crypto::sha256(rules);
  {
    const auto view = site_.world.store->write(site_.world.town->id);
    view->put_pack(hash, rules);
    view->commit();
  }
  const auto answer = get("packs/" + to_hex(hash));
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.body, rules);
  EXPECT_EQ(header_of(answer, "Content-Type"), "application/json");
  EXPECT_THAT(header_of(answer, "Cache-Control"), HasSubstr("immutable"));
  auto capitals = to_hex(hash);
  for (char& c : capitals) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(get("packs/" + capitals).status, 404U);
  EXPECT_EQ(get("packs/" + to_hex(crypto::sha256("other rules"))).status, 404U);
}

TEST_F(Log, HasItsFiguresOnceTheWholeLogWasRead) {
  app::append_entries(site_.world, 11, {fixtures::potholes, fixtures::road_team, false});
  for (const auto& path : {"figures.json", "disclosures/2026-03.jsonl"}) {
    const auto early = get(path, {{"Accept-Language", "en"}});
    EXPECT_EQ(early.status, 503U);
    EXPECT_EQ(header_of(early, "Retry-After"), "5");
    EXPECT_THAT(early.body, HasSubstr("0 of 11 entries so far"));
  }
  site_.figures.catch_up();
  const auto figures = get("figures.json");
  EXPECT_EQ(figures.status, 200U);
  EXPECT_EQ(header_of(figures, "Content-Type"), "application/json");
  EXPECT_THAT(figures.body, HasSubstr(R"("received":11)"));
  const auto lines = get("disclosures/2026-03.jsonl");
  EXPECT_EQ(std::ranges::count(lines.body, '\n'), 11);
  EXPECT_EQ(header_of(lines, "Link"), "");
  const auto rest = site_.ask("GET", "/log/town/disclosures/2026-03.jsonl", {}, {}, {{"from", "9"}});
  EXPECT_EQ(std::ranges::count(rest.body, '\n'), 2);
  for (const auto& path : {"disclosures/2026-04.jsonl", "disclosures/2026-03", "disclosures/2026-03.json", "disclosures/"})
    EXPECT_EQ(get(path).status, 404U) << path;
  for (const auto& from : {"-1", "x", "1x", "99999999999999999999"}) {
    const auto refused = site_.ask("GET", "/log/town/disclosures/2026-03.jsonl", {}, {}, {{"from", from}});
    EXPECT_EQ(refused.status, 400U) << from;
    EXPECT_THAT(refused.body, HasSubstr(R"("field":"from")"));
  }
}

TEST(LogOnTheWire, IsOpenToScriptsOfEveryPageInItsErrorsToo) {
  TestServer town({hello(), {"GET", "/log/{jurisdiction}/checkpoint", "checkpoint", [](const Request&, const Reply& reply) {
                               reply({200, {{"Bad\n", ""}}, ""});
                             }}});
  struct {
    std::string_view method, path;
    unsigned status;
    std::string_view allowed;
  } const table[] = {{"GET", "/log/town/nothing", 404, "*"},        {"POST", "/log/town/checkpoint", 405, "*"},
                     {"OPTIONS", "/log/town/checkpoint", 204, "*"}, {"GET", "/log/%zz", 400, "*"},
                     {"GET", "/log/town/checkpoint", 500, "*"},     {"GET", "/hello", 200, ""}};
  for (const auto& [method, path, status, allowed] : table) {
    const auto answer = ask(town.port, method, path);
    EXPECT_EQ(answer.status, status) << method << path;
    EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), allowed) << method << path;
  }
}

// ---- A log that goes on from another one

// What may be kept for ever is never other bytes under one address: each log has its own.
TEST_F(Log, ThatGoesOnFromAnotherHasAnAddressOfItsOwnAndTheOldOneTellsIt) {
  app::append_entries(site_.world, 3);
  EXPECT_EQ(get("2/checkpoint").status, 404U) << "there is no second log yet";
  const auto before = get("tile/0/000.p/3").body;
  site_.world.town->origin = "example.org/town/log2";
  for (const auto* file : {"checkpoint", "vkey", "figures.json", "tile/0/000.p/3", "tile/entries/000.p/3", "packs/00"}) {
    const auto gone = get(file, {{"Accept-Language", "en"}});
    EXPECT_EQ(gone.status, 410U) << file;
    EXPECT_THAT(gone.body, HasSubstr("example.org/town/log2 at /log/town/2")) << file;
    const auto link = std::ranges::find(gone.headers, "Link", [](const auto& header) { return header.first; });
    ASSERT_NE(link, gone.headers.end()) << file;
    EXPECT_EQ(link->second, R"(</log/town/2/>; rel="successor-version")");
  }
  EXPECT_EQ(get("2/tile/0/000.p/3").body, before);
  EXPECT_EQ(get("2/checkpoint").status, 200U);
  for (const auto* other :
       {"1/checkpoint", "02/checkpoint", "3/checkpoint", "0/checkpoint", "x/checkpoint", "99999999999/checkpoint"})
    EXPECT_EQ(get(other).status, 404U) << other;
}

}  // namespace
}  // namespace huiyin::http::test
