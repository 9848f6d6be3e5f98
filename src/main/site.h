// Site: a data directory opened for work. Everything is made here and handed in; it goes in the opposite order.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "cli/cli.h"
#include "storage/files.h"
#include "storage/key_files.h"
#include "storage/sql_store.h"

namespace huiyin {

// <data>/huiyin.db, <data>/keys/, <data>/lock.
struct DataFiles {
  explicit DataFiles(std::filesystem::path folder) : data(std::move(folder)) {}
  std::filesystem::path data;
  [[nodiscard]] std::filesystem::path database() const { return data / "huiyin.db"; }
  [[nodiscard]] std::filesystem::path keys() const { return data / "keys"; }
  [[nodiscard]] std::filesystem::path demo_logins() const { return data / "demo-logins.txt"; }
};

// The jurisdictions of a store with their rules and keys; throws a sentence when one cannot be used.
std::vector<std::unique_ptr<app::Jurisdiction>> open_jurisdictions(app::Store& store, app::Keys& keys);

// What the other halves need of it: reading alone.
struct OpenStore {
  OpenStore(const DataFiles& files, const Clock& clock, Random& random);
  storage::FolderLock lock;
  storage::KeyFiles keys;
  storage::SqlStore store;
  std::vector<std::unique_ptr<app::Jurisdiction>> jurisdictions;
};

class OpenSite {
 public:
  OpenSite(const DataFiles& files, const Clock& clock, Random& random, std::function<void(std::string_view)> log_fault);
  ~OpenSite() { finish(); }
  cli::Site& site() { return site_; }
  // Every answer that is due is given; nothing is taken any more.
  void finish() { committer_.finish(); }

 private:
  OpenStore open_;
  app::Committer committer_;
  app::CaseDesk cases_;
  app::StaffDesk staff_;
  cli::Site site_;
};

int init(const cli::InitOptions& options, const Clock& clock, Random& random, std::ostream& out);

}  // namespace huiyin
