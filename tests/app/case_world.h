// A World with a CaseDesk, its people, and short ways to file, act and read.
#pragma once

#include "app/case/case_desk.h"
#include "app/world.h"
#include "log/entry.h"

namespace huiyin::app {

inline const Actor dispatcher{{Role::dispatcher}, UserId{1}, {}, {}};
inline const Actor officer{{Role::officer}, UserId{2}, fixtures::roads, {}};
inline const Actor other_officer{{Role::officer}, UserId{3}, fixtures::water, {}};
inline const Actor steward{{Role::steward}, UserId{4}, {}, {}};

class CaseWorld {
 protected:
  explicit CaseWorld(std::unique_ptr<storage::TestStore> store = storage::make_store()) : world_(std::move(store)) {
    const auto view = world_.store->write(world_.town->id);
    for (const auto* login : {"dispatcher", "officer", "other", "steward"}) {
      auto name = std::string(login);
      name.front() = static_cast<char>(std::toupper(name.front()));
      view->put_user({{}, login, name, "x", login, {}, false});
    }
    view->commit();
  }

  static Filing filing(const std::string& body) {
    Filing filing;
    filing.submit.channel = cases::Channel::web;
    filing.submit.category = fixtures::potholes;
    if (!body.empty()) filing.submit.body = body;
    return filing;
  }
  static Filing once(Filing filing, const std::string& key, std::string_view request) {
    filing.once = {key, crypto::sha256(request)};
    return filing;
  }
  Result<Filed> file(Filing filing) { return file_later(std::move(filing)).get(); }
  std::future<Result<Filed>> file_later(Filing filing) {
    const auto answer = std::make_shared<std::promise<Result<Filed>>>();
    auto later = answer->get_future();
    desk_.file(*world_.town, std::move(filing), [answer](Result<Filed> result) { answer->set_value(std::move(result)); });
    return later;
  }
  std::future<Result<std::uint64_t>> act_later(const Actor& actor, RecordId id, std::uint64_t version, cases::Command command) {
    const auto answer = std::make_shared<std::promise<Result<std::uint64_t>>>();
    auto later = answer->get_future();
    desk_.act(*world_.town, actor, id, version, std::move(command),
              [answer](auto result) { answer->set_value(std::move(result)); });
    return later;
  }
  // The new version, or why not.
  std::string act(const Actor& actor, RecordId id, std::uint64_t version, cases::Command command) {
    const auto result = act_later(actor, id, version, std::move(command)).get();
    return result.ok() ? std::to_string(*result) : told(result);
  }
  Result<CaseView> read(const Actor& actor, RecordId id) { return desk_.read(*world_.town, actor, id); }
  std::vector<std::string> kinds_in_log() {
    std::vector<std::string> kinds;
    for (const auto& text : world_.store->read(world_.town->id)->list_entries(0, 1'000))
      kinds.push_back(log::parse_entry(text).value().kind);
    return kinds;
  }

  World world_;
  CaseDesk desk_{{*world_.store, world_.keys, *world_.committer, world_.clock, world_.random}};
};

}  // namespace huiyin::app
