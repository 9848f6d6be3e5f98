// Entries in the log of a World's town, quickly: plain events of the test's own making, many in one transaction.
#pragma once

#include "app/world.h"

namespace huiyin::app {

// An event with no more than a fact and some words, sealed as the desks seal theirs.
inline SealedEvent plain_event(const std::string& name, const Random128& tag, std::uint64_t number, Random& random) {
  static const crypto::SymmetricKey key(crypto::sha256("the key of every record here"));
  EncodedEvent event{name, R"({"channel":"web"})", {{"channel", R"("web")"}}, {}};
  event.content[0] = R"({"body":"A hole"})";
  return seal_event(std::move(event), key, tag, {number, {}}, random);
}

// As many records of one entry each, called case.submitted.
inline void append_entries(World& world, std::size_t count, const Standpoint& place = {}) {
  const auto outcome = submit(world, [&](Ledger& ledger) {
                         for (std::size_t i = 0; i < count; ++i) {
                           const auto tag = world.random.bytes<16>();
                           auto record = ledger.create_record("case", tag, {"2026-03", {1, 2}});
                           const auto event = plain_event("submitted", tag, 1, world.random);
                           ledger.append(record, {event, place, Role::requester, {}, ledger.now()});
                         }
                         return Result<void>();
                       }).get();
  EXPECT_TRUE(outcome.result.ok());
}

// One more entry, as another program leaves it that ended between the commit and its signature.
inline void append_unsigned_entry(World& world) {
  const auto view = world.store->write(world.town->id);
  const auto head = view->head();
  auto tree = log::Tree::load(head.size, *view);
  Ledger ledger(*world.town, *view, tree, world.clock.now(), world.random);
  const auto tag = world.random.bytes<16>();
  auto record = ledger.create_record("case", tag, {"2026-03", {1, 2}});
  const auto event = plain_event("submitted", tag, 1, world.random);
  ledger.append(record, {event, {}, Role::requester, {}, world.clock.now()});
  for (const auto& change : tree.take_changes()) view->put_tile(change.id, change.hashes);
  view->put_head({tree.size(), tree.root(), world.clock.now()});
  view->commit();
}

}  // namespace huiyin::app
