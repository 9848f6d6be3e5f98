// Site: a data directory opened for work. Everything is made here and handed in; it goes in the opposite order.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "app/chores.h"
#include "cli/cli.h"
#include "main/witness_peers.h"
#include "storage/files.h"
#include "storage/key_files.h"
#include "storage/published_files.h"
#include "storage/sql_store.h"

namespace huiyin {

// What a place means: <data>/huiyin.db unless a database server is named, <data>/keys/ unless another folder is, <data>/lock, and
// <data>/node, the name of this node among those that share a database and keys.
class DataFiles {
 public:
  explicit DataFiles(cli::Place place) : place_(std::move(place)) {}
  [[nodiscard]] const std::filesystem::path& data() const { return place_.data; }
  [[nodiscard]] std::filesystem::path keys() const { return place_.keys.empty() ? place_.data / "keys" : place_.keys; }
  [[nodiscard]] std::filesystem::path demo_logins() const { return place_.data / "demo-logins.txt"; }
  [[nodiscard]] bool embedded() const { return place_.database.empty(); }
  // For people: the file, or the server without user and password.
  [[nodiscard]] std::string shown_database() const;
  [[nodiscard]] bool exist() const;
  [[nodiscard]] std::unique_ptr<storage::Database> open_database(bool create) const;
  // Made when it is first asked for.
  [[nodiscard]] std::string node(Random& random) const;

 private:
  [[nodiscard]] std::filesystem::path database_file() const { return place_.data / "huiyin.db"; }
  cli::Place place_;
};

// What to do with a pack in force that an older program put, in a form that this one does not read: nothing can be served under
// it, but another one can be put in force, and then only its outline is known (app/pack_reader.h).
enum class OldPacks : std::uint8_t { refused, outlined };

// The jurisdictions of a store with their rules and keys; throws a sentence when one cannot be used.
std::vector<std::unique_ptr<app::Jurisdiction>> open_jurisdictions(app::Store& store, app::Keys& keys, OldPacks old);

// Throws a sentence unless it is a data directory; a further node on a shared database begins with an empty one.
const DataFiles& ready(const DataFiles& files);

// What the other halves need of it: reading alone.
struct OpenStore {
  OpenStore(const DataFiles& files, const Clock& clock, Random& random, OldPacks old = OldPacks::refused);
  storage::FolderLock lock;
  std::string node;
  storage::KeyFiles keys;
  storage::SqlStore store;
  std::vector<std::unique_ptr<app::Jurisdiction>> jurisdictions;
};

class OpenSite {
 public:
  OpenSite(const DataFiles& files, const Clock& clock, Random& random, std::function<void(std::string_view)> log_fault,
           OldPacks old = OldPacks::refused, WitnessPeers witnesses = {});
  ~OpenSite() { finish(); }
  cli::Site& site() { return site_; }
  [[nodiscard]] const std::string& node() const { return open_.node; }
  [[nodiscard]] app::Publisher& publisher() { return publisher_; }
  // Begins with what has to be done now and then: for a site that serves.
  void start_chores() {
    chores_.start();
    publisher_.start();
  }
  // Every answer that is due is given; nothing is taken any more.
  void finish() {
    publisher_.finish();
    committer_.finish();
  }

 private:
  OpenStore open_;
  storage::PublishedFiles published_;
  app::Committer committer_;
  app::Publisher publisher_;
  app::CaseDesk cases_;
  app::StaffDesk staff_;
  app::Chores chores_;
  cli::Site site_;
};

int init(const cli::InitOptions& options, const Clock& clock, Random& random, std::ostream& out);

}  // namespace huiyin
