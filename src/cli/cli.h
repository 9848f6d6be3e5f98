// The command line: what `huiyin` can be told. It reads arguments and speaks to people; the machine itself (files, clock,
// network) comes in through Host, built in main.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/audit_state.h"
#include "app/case/case_desk.h"
#include "app/published_notes.h"
#include "app/staff_desk.h"
#include "log/audit/published_files.h"
#include "log/entry.h"

namespace huiyin::cli {

// Exit codes: 0 done, 1 it did not work, 2 the arguments were wrong.
inline constexpr int done = 0;
inline constexpr int failed = 1;
inline constexpr int wrong_usage = 2;

// A data directory at work, with nobody else writing to it.
struct Site {
  app::Store& store;
  app::Keys& keys;
  app::Committer& committer;
  app::CaseDesk& cases;
  app::StaffDesk& staff;
  const app::Jurisdiction& jurisdiction;
};

// Where a site's things lie: what it owns on this machine, its database and its keys.
struct Place {
  std::filesystem::path data;
  std::string database;  // postgresql://...; empty for the file in the data directory
  std::filesystem::path keys;  // empty for keys/ in the data directory
};

struct InitOptions {
  Place place;
  std::filesystem::path pack;
  std::string slug = "main";
  std::string host = "localhost";  // of the log's origin
  bool demo_users = false;
};

struct ServeOptions {
  Place place;
  std::string listen = "127.0.0.1:8311";
  std::vector<std::string> proxies;      // whose X-Forwarded-For is believed
  unsigned requests_per_minute = 600;    // of one client
  unsigned threads = 2;
  std::vector<std::string> witnesses{};  // "URL VKEY" each
  unsigned witness_quorum = 0;           // 0: more than half of them
};

struct WitnessOptions {
  std::filesystem::path data;    // the witness's own folder: key and newest heads
  std::filesystem::path policy;  // which logs it vouches for
  std::string name;              // of its key; only for the first start
  std::string listen = "127.0.0.1:8312";
  unsigned requests_per_minute = 600;
};

struct ImportOptions {
  std::filesystem::path map, in;
  std::optional<std::filesystem::path> report;  // errors by line; beside the input unless said
};

struct UserOptions {
  std::string login, name, unit;
  std::vector<std::string> roles;
};

struct MoveOptions {
  Place place;
  std::string to;  // postgresql://..., or "sqlite" for the file in the data directory
};

struct PackOptions {
  std::vector<std::filesystem::path> folders;  // of one pack, or of the old and the new one
  Language language = Language::en;
  bool yes = false;  // do not ask
};

struct VerifyOptions {
  std::filesystem::path file;   // a receipt, or a bare proof
  std::filesystem::path entry;  // of a bare proof
  std::vector<std::string> logs, witnesses;  // verifier keys that the reader trusts
  Language language = Language::en;
  bool json = false;
};

struct AuditOptions {
  std::string source;                  // an address, or a folder
  std::filesystem::path state;         // what is kept from one audit to the next; empty for nothing
  std::string log;  // verifier key that the reader trusts; empty for the one that was kept, or that the log names
  std::vector<std::string> witnesses;  // likewise
  Language language = Language::en;
  bool json = false;
  bool progress = false;  // also where nobody looks at a terminal
};

struct SucceedOptions {
  log::SuccessionReason reason{};
  std::vector<std::filesystem::path> checkpoints;  // of the log that ends, as others kept them
  Language language = Language::en;
  bool yes = false;      // do not ask
  bool dry_run = false;  // only say what would be
};

struct TopicsOptions {
  std::string in, out = "-";  // JSON lines; "-" for the standard streams
  std::string decisions;      // merges, splits and names made by hand; empty for none
  std::size_t cases_min = 2;
  bool skip_faulty = false;
};

struct SimilarOptions {
  std::string in, out = "-";
  std::string query;  // JSON lines
  std::string text;   // or one text
  std::size_t most = 5;
  bool skip_faulty = false;
};

struct MigrateOptions {
  Place place;
  bool distribute = false;
};

// One log of a data directory that is looked at without the server.
struct OpenLog {
  app::Store& store;
  app::Keys& keys;
  app::PublishedNotes& published;
  const app::Jurisdiction& jurisdiction;
};

struct Host {
  const Clock& clock;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  std::function<bool()> stop_asked{};  // Ctrl-C was pressed
  std::string version;
  // Each gives an exit code; they throw std::exception with a sentence for the person when the machine does not play along.
  std::function<int(const InitOptions&)> init{};
  std::function<int(const ServeOptions&)> serve{};
  std::function<int(const WitnessOptions&)> witness{};
  std::function<int(const Place& place, const std::function<int(Site&)>& use)> with_site{};
  // The same, also where an older program put the pack in force, in a form that this one does not read.
  std::function<int(const Place& place, const std::function<int(Site&)>& use)> with_site_under_any_pack{};
  // Without the write lock and the Committer: for a look at what may be damaged.
  std::function<int(const Place& place, const std::function<int(const OpenLog&)>& use)> with_store{};
  // A log that is published under that address.
  std::function<std::unique_ptr<log::PublishedFiles>(const std::string& url)> log_at{};
  std::function<std::unique_ptr<app::AuditState>(const std::filesystem::path& folder)> audit_state{};
  std::function<int(const MoveOptions&)> move{};
  std::function<int(const MigrateOptions&)> migrate{};
};

int run(int count, const char* const* words, Host& host);

// The subcommands, one a file.
int import_cases(Site& site, Host& host, const ImportOptions& options);
int add_user(Site& site, Host& host, const UserOptions& options);
int check_store(app::Store& store, app::Keys& keys, const app::Jurisdiction& jurisdiction, Host& host);
int export_log(const OpenLog& log, Host& host, const std::filesystem::path& folder);
int succeed_log(const OpenLog& log, Host& host, const SucceedOptions& options);
// Exit codes of `verify`: 0 proved, 1 not proved, 2 it could not be read.
int verify_receipt(const VerifyOptions& options, Host& host);
// Exit codes of `audit`: 0 all holds, 1 something was found, 2 the audit could not be made.
int audit_log(const AuditOptions& options, Host& host);
int find_topics(const TopicsOptions& options, Host& host);
int find_similar(const SimilarOptions& options, Host& host);
int check_pack(const PackOptions& options, Host& host);
// Exit codes of `pack diff`: 0 no difference, 1 differences, 2 a pack has faults, or they could not be compared.
int compare_packs(const PackOptions& options, Host& host);
int compare_with_pack_in_force(app::Store& store, const app::Jurisdiction& jurisdiction, const PackOptions& options, Host& host);
int apply_pack(Site& site, Host& host, const PackOptions& options);

}  // namespace huiyin::cli
