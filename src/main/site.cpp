#include "main/site.h"

#include <fmt/format.h>

#include <future>
#include <ostream>

#include "app/case/case_chores.h"
#include "app/pack_reader.h"
#include "app/zone.h"
#include "base/text.h"
#include "storage/moved.h"
#include "storage/postgres_database.h"
#include "storage/sqlite_database.h"

namespace huiyin {
namespace {

constexpr std::size_t node_name_bytes_max = 100;

std::runtime_error sentence(const Error& error) {
  auto text = say(error.message, Language::en);
  for (const auto& field : error.fields)
    text += fmt::format("\n  {}: got '{}', expected {}", field.field, field.got, say(field.expected, Language::en));
  return std::runtime_error(text + (error.detail.empty() ? "" : "\n  " + error.detail));
}

template <class T>
T or_throw(Result<T> result) {
  if (!result.ok()) throw sentence(result.error());
  return *std::move(result);
}

std::vector<const app::Jurisdiction*> pointers(const std::vector<std::unique_ptr<app::Jurisdiction>>& owned) {
  std::vector<const app::Jurisdiction*> out;
  for (const auto& one : owned) out.push_back(one.get());
  return out;
}

rules::Pack read_pack(const std::filesystem::path& folder, std::string& json) {
  auto reading = app::read_pack_folder(folder);
  if (!reading.faults.empty()) {
    std::string text = "the pack has faults:";
    for (const auto& fault : reading.faults) text += "\n  " + say(fault, Language::en);
    throw std::runtime_error(text);
  }
  json = std::move(reading.json);
  return or_throw(app::pack_from_json(json));
}

// Making a password's hash is slow on purpose, and there are many units.
constexpr int fully_staffed_units = 5;

// Demonstration logins: two dispatchers, because some acts need two; a supervisor, a steward; an officer and a leader for each of
// the units that a category names first, and in the first few of them a second officer and a signer.
std::vector<app::NewUser> demo_users(const rules::Pack& pack) {
  // Each in a unit of its own, the first ones of the pack, so that a complaint about the one reaches the other.
  const auto place = [&](std::size_t i) { return pack.units[std::min(i, pack.units.size() - 1)].code; };
  std::vector<app::NewUser> users{{"dispatcher", "转办员（演示）", {}, {Role::dispatcher}, place(0)},
                                  {"dispatcher2", "转办员二（演示）", {}, {Role::dispatcher}, place(2)},
                                  {"supervisor", "监督员（演示）", {}, {Role::supervisor}, place(1)},
                                  {"steward", "管理员（演示）", {}, {Role::steward}, std::nullopt}};
  int units = 0;
  for (const auto& category : pack.categories) {
    const auto unit = pack.unit_for(category.code);
    const auto known = [&](const app::NewUser& user) { return user.unit == unit && user.roles.front() == Role::officer; };
    if (!unit || std::ranges::any_of(users, known)) continue;
    const auto& name = pack.find_unit(*unit)->name.zh;
    users.push_back({"officer-" + unit->text, name + "经办人（演示）", {}, {Role::officer}, unit});
    users.push_back({"leader-" + unit->text, name + "负责人（演示）", {}, {Role::leader}, unit});
    if (++units > fully_staffed_units) continue;
    users.push_back({"officer2-" + unit->text, name + "经办人二（演示）", {}, {Role::officer}, unit});
    users.push_back({"signer-" + unit->text, name + "签发人（演示）", {}, {Role::signer}, unit});
  }
  return users;
}

void add_demo_users(cli::Site& site, const std::filesystem::path& file, Random& random, std::ostream& out) {
  auto users = demo_users(site.jurisdiction.pack);
  std::string lines;
  for (auto& user : users) {
    user.password = make_case_secret(random);
    lines += fmt::format("{} {} {}\n", user.login, user.password, name_of(user.roles.front()));
    std::promise<Result<UserId>> answer;
    site.staff.add_user(site.jurisdiction, user, [&](Result<UserId> result) { answer.set_value(std::move(result)); });
    or_throw(answer.get_future().get());
  }
  storage::write_new_file(file, lines);
  out << "Demonstration logins (login, password, role), also in " << file.string() << ":\n" << lines;
}

// Before anything is written, so that a wrong word leaves nothing half done.
void check_words(const cli::InitOptions& options) {
  if (!is_code(options.slug))
    throw std::runtime_error(fmt::format("--jurisdiction: got '{}', expected small letters, digits and dashes", options.slug));
  if (!log::is_key_name(options.host) || options.host.find('/') != std::string::npos) {
    throw std::runtime_error(fmt::format("--origin: got '{}', expected a host name", options.host));
  }
}

}  // namespace

std::vector<std::unique_ptr<app::Jurisdiction>> open_jurisdictions(app::Store& store, app::Keys& keys, OldPacks old) {
  std::vector<std::unique_ptr<app::Jurisdiction>> out;
  for (const auto& row : store.list_jurisdictions()) {
    const auto json = store.read(row.id)->find_pack(row.pack);
    if (!json) throw std::runtime_error(fmt::format("the pack of {} is missing in the database", row.slug));
    if (crypto::sha256(*json) != row.pack)
      throw std::runtime_error(fmt::format("the pack of {} was changed in the database: bring back a backup", row.slug));
    auto read = app::pack_from_json(*json);
    if (!read.ok() && old == OldPacks::refused) {
      throw std::runtime_error(
          fmt::format("the pack of {} is in a form of an older program: put its successor in force with `huiyin pack apply`\n{}",
                      row.slug, sentence(read.error()).what()));
    }
    auto pack = read.ok() ? *std::move(read) : or_throw(app::pack_outline_from_json(*json));
    pack.hash = row.pack;
    auto zone = or_throw(app::TzZone::open_zone(pack.zone));
    out.push_back(std::make_unique<app::Jurisdiction>(
        app::Jurisdiction{row.id, row.slug, row.origin, std::move(pack), std::move(zone),
                          log::NoteSigner(row.origin, keys.log_key({row.id, log::read_log_name(row.origin).number}))}));
  }
  if (out.empty()) throw std::runtime_error("the database holds no jurisdiction: begin with `huiyin init`");
  return out;
}

bool DataFiles::exist() const { return std::filesystem::exists(embedded() ? database_file() : keys()); }

std::string DataFiles::shown_database() const {
  return embedded() ? database_file().string() : storage::shown_url(place_.database);
}

std::unique_ptr<storage::Database> DataFiles::open_database(bool create) const {
  return embedded() ? storage::open_sqlite(database_file(), create) : storage::open_postgres(place_.database);
}

std::string DataFiles::node(Random& random) const {
  const auto file = place_.data / "node";
  if (!std::filesystem::exists(file)) storage::write_new_file(file, to_hex(random.bytes<8>()) + "\n");
  const auto name = storage::read_file(file, node_name_bytes_max);
  if (!name || !is_code(trimmed(*name))) throw std::runtime_error(fmt::format("{} holds no name of a node", file.string()));
  return std::string(trimmed(*name));
}

const DataFiles& ready(const DataFiles& files) {
  if (!files.exist())
    throw std::runtime_error(fmt::format("{} is no data directory: begin with `huiyin init`", files.data().string()));
  if (!files.embedded() && !std::filesystem::exists(files.data())) storage::make_private_folder(files.data());
  return files;
}

namespace {

// Before anything is promised to anybody: a log that was moved away is read, and no more.
const std::vector<std::unique_ptr<app::Jurisdiction>>& written_here(OpenStore& open) {
  for (const auto& jurisdiction : open.jurisdictions) {
    if (const auto where = open.store.read(jurisdiction->id)->moved_to()) throw std::runtime_error(storage::why_closed(*where));
  }
  return open.jurisdictions;
}

std::vector<app::Chore> all_chores(app::CaseDesk& cases, app::Keys& keys, app::Publisher& publisher, bool takes_turns) {
  auto chores = app::case_chores(cases, keys);
  chores.push_back(app::housekeeping());
  if (takes_turns) chores.push_back(publisher.publishing_chore());
  return chores;
}

}  // namespace

OpenStore::OpenStore(const DataFiles& files, const Clock& clock, Random& random, OldPacks old)
    : lock(ready(files).data()),
      node(files.node(random)),
      keys(files.keys(), node, clock, random),
      store(files.open_database(false)),
      jurisdictions(open_jurisdictions(store, keys, old)) {}

OpenSite::OpenSite(const DataFiles& files, const Clock& clock, Random& random, std::function<void(std::string_view)> log_fault,
                   OldPacks old, WitnessPeers witnesses)
    : open_(files, clock, random, old),
      published_(files.keys()),
      committer_({open_.store, open_.keys, clock, random, log_fault}, pointers(written_here(open_))),
      publisher_({open_.store, committer_, published_, clock, random, log_fault}, pointers(open_.jurisdictions),
                 std::move(witnesses.peers), witnesses.quorum, !files.embedded()),
      cases_({open_.store, open_.keys, committer_, clock, random, &publisher_}),
      staff_({open_.store, open_.keys, committer_, clock, random}),
      chores_(committer_, clock, open_.node, pointers(open_.jurisdictions),
              all_chores(cases_, open_.keys, publisher_, !files.embedded() && publisher_.quorum() > 0)),
      site_{open_.store, open_.keys, committer_, cases_, staff_, *open_.jurisdictions.front()} {
  publisher_.hold_against_witnesses();
}

int init(const cli::InitOptions& options, const Clock& clock, Random& random, std::ostream& out) {
  check_words(options);
  std::string json;
  const auto pack = read_pack(options.pack, json);
  const DataFiles files(options.place);
  if (std::filesystem::exists(files.data() / "huiyin.db") || std::filesystem::exists(files.keys() / "master.key"))
    throw std::runtime_error(fmt::format("{} is a data directory already", files.data().string()));
  const auto above = files.data().parent_path();
  std::filesystem::create_directories(above.empty() ? "." : above);
  storage::make_private_folder(files.data());
  {
    const storage::FolderLock lock(files.data());
    storage::SqlStore store(files.open_database(true));
    if (!store.list_jurisdictions().empty()) {
      throw std::runtime_error(fmt::format(
          "{} holds a jurisdiction already: a further node serves it with --keys, without `init`", files.shown_database()));
    }
    storage::KeyFiles::create(files.keys(), random);
    storage::KeyFiles keys(files.keys(), files.node(random), clock, random);
    const auto id =
        store.put_jurisdiction({{}, options.slug, fmt::format("{}/{}/log1", options.host, options.slug), pack.hash, clock.now()});
    keys.make_log_key({id});
    const auto view = store.write(id);
    view->put_pack(pack.hash, json);
    view->commit();
  }
  out << fmt::format("{} is ready. Keep {} safe and apart from backups.\n", files.data().string(), files.keys().string());
  if (options.demo_users) {
    OpenSite site(files, clock, random, [&](std::string_view fault) { out << fault << '\n'; });
    add_demo_users(site.site(), files.demo_logins(), random, out);
  }
  return cli::done;
}

}  // namespace huiyin
