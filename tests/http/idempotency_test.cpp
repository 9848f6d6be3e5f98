// Idempotency-Keys as clients give them, and what the database keeps of a request under one.
#include <boost/json.hpp>

#include "http/api/idempotency.h"
#include "site.h"

namespace huiyin::http::test {
namespace {

TEST(IdempotencyKey, HasAtLeastAndAtMostSoManyCharacters) {
  Site site;
  const auto status = [&](std::size_t characters) {
    std::string key;
    for (std::size_t i = 0; i < characters; ++i) key += "中";
    return file(site, key).status;
  };
  EXPECT_EQ(status(1), 400U);
  EXPECT_EQ(status(app::idempotency_key_characters_min - 1), 400U);
  EXPECT_EQ(status(app::idempotency_key_characters_min), 201U);
  EXPECT_EQ(status(app::idempotency_key_characters_max), 201U);
  EXPECT_EQ(status(app::idempotency_key_characters_max + 1), 400U);
  EXPECT_EQ(file(site, "sixteen and\xFF more").status, 400U);
  const auto refusal = boost::json::parse(file(site, "short").body).as_object();
  const auto text = boost::json::serialize(refusal);
  EXPECT_NE(text.find("16"), std::string::npos) << text;
}

TEST(IdempotencyKey, LeavesNoHashOfTheWordsThatCouldBeTriedOut) {
  Site site;
  const std::string key = "a key of my own, long";
  ASSERT_EQ(file(site, key).status, 201U);
  const auto row = site.world.store->read(site.world.town->id)->find_idempotency(crypto::sha256("huiyin idempotency row:" + key));
  ASSERT_TRUE(row);
  EXPECT_NE(row->request_hash, crypto::sha256(a_filing));
  EXPECT_EQ(row->request_hash, remembered_request(site.services, a_filing));
}

}  // namespace
}  // namespace huiyin::http::test
