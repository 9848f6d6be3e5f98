// A CaseWorld with all the people whom the side ways of a case need, and short words for what they do. What it leaves behind is
// held against audit and fsck.
#pragma once

#include <gtest/gtest.h>

#include "app/audit.h"
#include "app/case/case_chores.h"
#include "app/case_world.h"
#include "app/desk.h"
#include "app/fsck.h"

namespace huiyin::app {

inline const Actor second_dispatcher{{Role::dispatcher}, UserId{5}, {}, {}};
inline const Actor mate{{Role::officer}, UserId{6}, fixtures::roads, {}};
inline const Actor leader{{Role::leader}, UserId{7}, fixtures::roads, {}};
inline const Actor signer{{Role::signer}, UserId{8}, fixtures::roads, {}};
inline const Actor supervisor{{Role::supervisor}, UserId{9}, {}, {}};
inline const Actor reviewer{{Role::officer}, UserId{10}, fixtures::council, {}};

inline const cases::RuleProposal approved{.approved = true, .reason = {}};
inline const cases::RuleProposal refused{.approved = false, .reason = std::string("It need not be")};

class LifeWorld : public testing::Test, protected CaseWorld {
 protected:
  LifeWorld() {
    world_.town->pack.hash = crypto::sha256("{}");
    const auto view = world_.store->write(world_.town->id);
    view->put_pack(world_.town->pack.hash, "{}");
    const auto add = [&](std::string login, std::string roles, std::optional<UnitCode> unit, bool disabled = false) {
      view->put_user({{}, login, "Name of " + login, "x", std::move(roles), std::move(unit), disabled});
    };
    add("dispatcher-2", "dispatcher", {});
    add("mate", "officer", fixtures::roads);
    add("leader", "leader", fixtures::roads);
    add("signer", "signer", fixtures::roads);
    add("supervisor", "supervisor", {});
    add("reviewer", "officer", fixtures::council);
    add("gone", "officer", fixtures::roads, true);
    view->commit();
  }
  void TearDown() override {
    EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), testing::IsEmpty());
    EXPECT_THAT(fsck(*world_.store, world_.keys, *world_.town, [](auto, auto) {}).faults, testing::IsEmpty());
  }

  // On the newest version: "ok", or why not.
  std::string does(const Actor& actor, RecordId id, cases::Command command) {
    const auto version = world_.store->read(world_.town->id)->find_record(id).value().version;
    return told(act_later(actor, id, version, std::move(command)).get());
  }
  struct Held {
    RecordId id;
    std::string reference, secret;
    Actor holder;
  };
  Held filed(Filing filing) {
    const auto one = file(std::move(filing)).value();
    return {one.id, one.reference, one.secret, desk_.holder(*world_.town, one.reference, one.secret).value()};
  }
  Held filed(const std::string& body) { return filed(filing(body)); }
  static Filing about_land(const std::string& body) {
    auto made = filing(body);
    made.submit.category = fixtures::land;
    return made;
  }
  // With roads, taken up by the officer.
  Held in_work(Filing filing) {
    auto one = filed(std::move(filing));
    EXPECT_EQ(does(dispatcher, one.id, cases::Accept{}), "ok");
    EXPECT_EQ(does(dispatcher, one.id, cases::Assign{fixtures::roads}), "ok");
    EXPECT_EQ(does(officer, one.id, cases::Start{}), "ok");
    return one;
  }
  Held in_work(const std::string& body) { return in_work(filing(body)); }

  cases::State state(RecordId id) { return load<cases::Case>(*world_.store->read(world_.town->id), id).value().state; }
  // The newest event of that kind, as the reader sees it.
  template <class One>
  std::optional<One> last(const Actor& reader, RecordId id) {
    const auto story = read(reader, id).value().story;
    for (auto event = story.rbegin(); event != story.rend(); ++event) {
      if (const auto* one = std::get_if<One>(&event->event)) return *one;
    }
    return std::nullopt;
  }
  std::size_t count_of(std::string_view kind) {
    const auto kinds = kinds_in_log();
    return static_cast<std::size_t>(std::ranges::count(kinds, kind));
  }
  std::uint64_t log_size() { return world_.store->read(world_.town->id)->head().size; }

  // The program's chores of cases, by one node.
  Chores node(const std::string& name) {
    return {*world_.committer, world_.clock, name, {world_.town.get()}, case_chores(desk_, world_.keys)};
  }
  // Rounds until all that is due is done.
  void rounds(Chores& chores) {
    for (int i = 0; i < 3; ++i) {
      chores.round();
      submit(world_, [](Ledger&) { return Result<void>(); }).get();
    }
  }
};

}  // namespace huiyin::app
