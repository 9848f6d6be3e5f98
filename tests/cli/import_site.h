// A data directory of the test's own over SQLite, with keys in files, to import into; and a store that can be told to be full.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "app/pack_reader.h"
#include "app/test_clock.h"
#include "app/zone.h"
#include "cli/cli.h"
#include "storage/key_files.h"
#include "storage/sql_store.h"
#include "storage/sqlite_database.h"

namespace huiyin::cli::test {

namespace fs = std::filesystem;

// Everything through to another store, until it is full.
class FillingStore final : public app::Store {
 public:
  explicit FillingStore(app::Store& under) : under_(under) {}
  std::unique_ptr<app::ReadView> read(JurisdictionId jurisdiction) override { return under_.read(jurisdiction); }
  std::unique_ptr<app::WriteView> write(JurisdictionId jurisdiction) override {
    if (writes_left-- <= 0) throw app::StoreFailure(app::StoreFailure::Kind::full, "no space left on device");
    return under_.write(jurisdiction);
  }
  std::vector<app::JurisdictionRow> list_jurisdictions() override { return under_.list_jurisdictions(); }
  JurisdictionId put_jurisdiction(const app::JurisdictionRow& row) override { return under_.put_jurisdiction(row); }
  std::vector<app::RequestCount> exchange_request_counts(std::string_view node, std::int64_t since,
                                                         std::span<const app::RequestCount> counted) override {
    return under_.exchange_request_counts(node, since, counted);
  }

  std::atomic<std::int64_t> writes_left{1'000'000'000};

 private:
  app::Store& under_;
};

// A second passes with every look at it.
class PassingClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return Instant{1'772'354'000'000} + std::chrono::milliseconds(ms_.load()); }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override { return std::chrono::milliseconds(ms_ += 1'000); }

 private:
  mutable std::atomic<std::int64_t> ms_{0};
};

inline fs::path made_keys(const fs::path& folder, Random& random) {
  crypto::start();
  storage::KeyFiles::create(folder, random);
  return folder;
}

struct ImportSite {
  explicit ImportSite(const fs::path& folder)
      : keys(made_keys(folder / "keys", random), "here", clock, random),
        sql(storage::open_sqlite(folder / "huiyin.db", true)),
        store(sql) {
    const auto reading = app::read_pack_folder(fs::path(HUIYIN_SOURCE_DIR) / "packs/petition-zh");
    auto pack = app::pack_from_json(reading.json);
    HUIYIN_ASSERT(pack.ok());
    const std::string origin = "localhost/main/log1";
    const auto id = store.put_jurisdiction({{}, "main", origin, pack->hash, clock.now()});
    keys.make_log_key({id});
    auto zone = app::TzZone::open_zone(pack->zone);
    HUIYIN_ASSERT(zone.ok());
    town.reset(new app::Jurisdiction{id, "main", origin, *std::move(pack), *std::move(zone),
                                     log::NoteSigner(origin, keys.log_key({id}))});
    committer = std::make_unique<app::Committer>(app::Committer::Parts{store, keys, clock, random, [](std::string_view) {}},
                                                 std::vector<const app::Jurisdiction*>{town.get()});
    cases = std::make_unique<app::CaseDesk>(app::CaseDesk::Parts{store, keys, *committer, clock, random});
    staff = std::make_unique<app::StaffDesk>(app::StaffDesk::Parts{store, keys, *committer, clock, random});
  }

  // The cases there are.
  std::uint64_t count() {
    const auto counts = cases->count_by_phase(*town, Actor{{Role::dispatcher}, UserId{1}, {}, {}});
    HUIYIN_ASSERT(counts.ok());
    std::uint64_t all = 0;
    for (const auto& [phase, number] : *counts) all += number;
    return all;
  }

  // Exit code of one import; `out` and `err` are what it said.
  int import(const ImportOptions& options, std::function<bool()> stop_asked = [] { return false; }, bool terminal = false) {
    std::istringstream nothing;
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    Host host{.clock = clock,
              .in = nothing,
              .out = out_stream,
              .err = err_stream,
              .out_is_terminal = terminal,
              .stop_asked = std::move(stop_asked),
              .version = {},
              .init = {},
              .serve = {},
              .with_site = {},
              .with_site_under_any_pack = {},
              .with_store = {},
              .move = {},
              .migrate = {}};
    Site site{store, keys, *committer, *cases, *staff, *town};
    const int code = import_cases(site, host, options);
    out = out_stream.str();
    err = err_stream.str();
    return code;
  }

  PassingClock clock;
  app::SharedRandom random{11};
  storage::KeyFiles keys;
  storage::SqlStore sql;
  FillingStore store;
  std::unique_ptr<app::Jurisdiction> town;
  std::unique_ptr<app::Committer> committer;
  std::unique_ptr<app::CaseDesk> cases;
  std::unique_ptr<app::StaffDesk> staff;
  std::string out, err;
};

}  // namespace huiyin::cli::test
