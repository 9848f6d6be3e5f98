// Contract: staff, sessions, Idempotency-Keys, imports, packs and jurisdictions.
#include <gmock/gmock.h>

#include "storage/store_contract.h"

namespace huiyin::storage {
namespace {

crypto::Hash hash_of(std::uint32_t number) {
  return {static_cast<std::uint8_t>(number >> 16U), static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number), 0,
          1};
}

app::UserRow user_row(std::string login) {
  return {{}, std::move(login), "Wang 王", "$argon2id$", "officer steward", UnitCode{"roads"}, false};
}

void staff_is_found_by_login_and_number(const Ground& ground) {
  ground.write([&](app::WriteView& view) {
    auto second = user_row("ann");
    second.unit.reset();
    second.disabled = true;
    EXPECT_EQ(view.put_user(user_row("wang")), UserId{1});
    EXPECT_EQ(view.put_user(second), UserId{2});
  });
  const auto view = ground.store.read(ground.here);
  const auto wang = view->find_user("wang");
  ASSERT_TRUE(wang);
  EXPECT_EQ(wang->id, UserId{1});
  EXPECT_EQ(wang->login, "wang");
  EXPECT_EQ(wang->name, "Wang 王");
  EXPECT_EQ(wang->password, "$argon2id$");
  EXPECT_EQ(wang->roles, "officer steward");
  EXPECT_EQ(wang->unit, UnitCode{"roads"});
  EXPECT_FALSE(wang->disabled);
  const auto ann = view->find_user(UserId{2});
  ASSERT_TRUE(ann);
  EXPECT_EQ(ann->login, "ann");
  EXPECT_EQ(ann->unit, std::nullopt);
  EXPECT_TRUE(ann->disabled);
  EXPECT_FALSE(view->find_user("Wang"));
  EXPECT_FALSE(view->find_user(UserId{3}));
  const auto all = view->list_users();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].login, "ann");
  EXPECT_EQ(all[1].login, "wang");
}

void sessions_are_kept_until_erased(const Ground& ground) {
  ground.write([&](app::WriteView& view) {
    view.put_user(user_row("wang"));
    view.put_session({hash_of(1), {1}, {10}, {20}});
    view.put_session({hash_of(2), {1}, {10}, {20}});
  });
  ground.write([&](app::WriteView& view) { view.erase_session(hash_of(1)), view.erase_session(hash_of(9)); });
  const auto view = ground.store.read(ground.here);
  EXPECT_FALSE(view->find_session(hash_of(1)));
  const auto session = view->find_session(hash_of(2));
  ASSERT_TRUE(session);
  EXPECT_EQ(session->token_hash, hash_of(2));
  EXPECT_EQ(session->user, UserId{1});
  EXPECT_EQ(session->created, Instant{10});
  EXPECT_EQ(session->expires, Instant{20});
}

void an_idempotency_key_used_again_gives_way(const Ground& ground) {
  ground.write([&](app::WriteView& view) { view.put_idempotency({hash_of(1), hash_of(2), {3}, {0, 1, 0}, {40}}); });
  const auto first = ground.store.read(ground.here)->find_idempotency(hash_of(1));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->key_hash, hash_of(1));
  EXPECT_EQ(first->request_hash, hash_of(2));
  EXPECT_EQ(first->record, RecordId{3});
  EXPECT_EQ(first->sealed, (Bytes{0, 1, 0}));
  EXPECT_EQ(first->expires, Instant{40});
  ground.write([&](app::WriteView& view) { view.put_idempotency({hash_of(1), hash_of(7), {8}, {}, {90}}); });
  const auto second = ground.store.read(ground.here)->find_idempotency(hash_of(1));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->request_hash, hash_of(7));
  EXPECT_EQ(second->record, RecordId{8});
  EXPECT_EQ(second->sealed, Bytes());
  EXPECT_EQ(second->expires, Instant{90});
  EXPECT_FALSE(ground.store.read(ground.here)->find_idempotency(hash_of(2)));
}

void imports_and_packs_are_found_again(const Ground& ground) {
  ground.write([&](app::WriteView& view) {
    view.put_import("old system", "A-1", {4});
    view.put_import("other", "A-1", {5});
    view.put_pack(hash_of(1), "{\"first\":1}");
    view.put_pack(hash_of(1), "{\"second\":1}");  // kept once: what a hash names does not change
  });
  const auto view = ground.store.read(ground.here);
  EXPECT_EQ(view->find_import("old system", "A-1"), RecordId{4});
  EXPECT_EQ(view->find_import("other", "A-1"), RecordId{5});
  EXPECT_FALSE(view->find_import("other", "A-2"));
  EXPECT_EQ(view->find_pack(hash_of(1)), "{\"first\":1}");
  EXPECT_FALSE(view->find_pack(hash_of(2)));
}

log::Hash pack_in_force(const Ground& ground, JurisdictionId id) {
  for (const auto& row : ground.store.list_jurisdictions()) {
    if (row.id == id) return row.pack;
  }
  return {};
}

void another_pack_comes_into_force_with_the_commit_and_all_are_kept(const Ground& ground) {
  const auto first = crypto::sha256("pack"), second = crypto::sha256("{\"second\":1}");
  {
    const auto view = ground.store.write(ground.here);
    view->put_pack(second, "{\"second\":1}");
    EXPECT_TRUE(view->update_pack(first, second));
  }
  EXPECT_EQ(pack_in_force(ground, ground.here), first);  // it was not committed
  EXPECT_FALSE(ground.store.read(ground.here)->find_pack(second));
  ground.write([&](app::WriteView& view) {
    view.put_pack(first, "{}");
    view.put_pack(second, "{\"second\":1}");
    EXPECT_FALSE(view.update_pack(second, first));  // another one is in force
    EXPECT_TRUE(view.update_pack(first, second));
    EXPECT_FALSE(view.update_pack(first, second));
  });
  EXPECT_EQ(pack_in_force(ground, ground.here), second);
  EXPECT_EQ(pack_in_force(ground, ground.there), first);
  EXPECT_EQ(ground.store.read(ground.here)->find_pack(first), "{}");
  EXPECT_EQ(ground.store.read(ground.here)->find_pack(second), "{\"second\":1}");
}

// `over` ended, the last of them at the very moment; `running` did not.
void put_sessions(app::WriteView& view, std::uint32_t over, std::uint32_t running, Instant now) {
  for (std::uint32_t i = 0; i < over + running; ++i) {
    const auto expires = Instant{now.ms + (i < over ? static_cast<std::int64_t>(i) - over + 1 : 1)};
    view.put_session({hash_of(i), {1}, {0}, expires});
    view.put_idempotency({hash_of(i), hash_of(i), {1}, {}, expires});
  }
}

void what_is_over_is_erased_a_thousand_at_a_time_oldest_first(const Ground& ground) {
  const Instant now{1'000'000};
  constexpr std::uint32_t over = 1'002, running = 3;
  ground.write([&](app::WriteView& view) {
    view.put_user(user_row("wang"));
    put_sessions(view, over, running, now);
    view.erase_expired(now);
  });
  const auto left = [&] {
    const auto view = ground.store.read(ground.here);
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < over + running; ++i) {
      EXPECT_EQ(view->find_session(hash_of(i)).has_value(), view->find_idempotency(hash_of(i)).has_value());
      if (view->find_session(hash_of(i))) out.push_back(i);
    }
    return out;
  };
  EXPECT_THAT(left(), testing::ElementsAre(1'000, 1'001, 1'002, 1'003, 1'004));
  ground.write([&](app::WriteView& view) { view.erase_expired(now); });
  EXPECT_THAT(left(), testing::ElementsAre(1'002, 1'003, 1'004));
  ground.write([&](app::WriteView& view) { view.erase_expired({now.ms + 1}); });
  EXPECT_TRUE(left().empty());
}

void jurisdictions_are_listed_in_order(const Ground& ground) {
  const auto rows = ground.store.list_jurisdictions();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].id, ground.here);
  EXPECT_EQ(rows[1].id, ground.there);
  EXPECT_EQ(rows[0].slug, "here");
  EXPECT_EQ(rows[0].origin, "example.org/here/log1");
  EXPECT_EQ(rows[0].pack, crypto::sha256("pack"));
  EXPECT_EQ(rows[0].created, Instant{123});
}

}  // namespace

Ground prepare(app::Store& store) {
  const auto here = store.put_jurisdiction({{}, "here", "example.org/here/log1", crypto::sha256("pack"), {123}});
  const auto there = store.put_jurisdiction({{}, "there", "example.org/there/log1", crypto::sha256("pack"), {124}});
  return {store, here, there};
}

std::span<const ContractCheck> staff_checks() {
  static constexpr std::array checks{
      ContractCheck{"StaffIsFoundByLoginAndNumber", staff_is_found_by_login_and_number},
      ContractCheck{"SessionsAreKeptUntilErased", sessions_are_kept_until_erased},
      ContractCheck{"AnIdempotencyKeyUsedAgainGivesWay", an_idempotency_key_used_again_gives_way},
      ContractCheck{"ImportsAndPacksAreFoundAgain", imports_and_packs_are_found_again},
      ContractCheck{"AnotherPackComesIntoForceWithTheCommitAndAllAreKept",
                    another_pack_comes_into_force_with_the_commit_and_all_are_kept},
      ContractCheck{"WhatIsOverIsErasedAThousandAtATimeOldestFirst", what_is_over_is_erased_a_thousand_at_a_time_oldest_first},
      ContractCheck{"JurisdictionsAreListedInOrder", jurisdictions_are_listed_in_order},
  };
  return checks;
}

}  // namespace huiyin::storage
