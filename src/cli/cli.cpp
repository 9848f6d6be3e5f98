#include "cli/cli.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "base/catalogue.h"
#include "cli/language_commands.h"
#include "cli/lines_arguments.h"
#include "cli/writing_commands.h"

namespace huiyin::cli {
namespace {

// Everything that may be said, filled in by the parser; `act` is the subcommand that was chosen.
struct CommandWords {
  InitOptions init;
  ServeOptions serve;
  ImportOptions import;
  UserOptions user;
  MoveOptions move;
  MigrateOptions migrate;
  Place place;  // of every subcommand that works on a data directory
  PackOptions pack;
  VerifyOptions verify;
  AuditOptions audit;
  WitnessOptions witness;
  SucceedOptions succeed;
  TopicsOptions topics;
  WritingOptions writing;
  SimilarOptions similar;
  LanguageWords language;
  std::filesystem::path config;
  std::filesystem::path out;  // export-log
  std::string jurisdiction;
  std::string format = "jsonl";
  std::function<int()> act;
};

void add_place(CLI::App& command, Place& place, bool required = true) {
  command.add_option("--data", place.data, "the data directory")->envname("HUIYIN_DATA")->required(required);
  command
      .add_option(
          "--database", place.database,
          "postgresql://user@host:port/name, several hosts with commas; an SQLite file in the data directory unless said. "
          "Passwords belong into PGPASSFILE")
      ->envname("HUIYIN_DATABASE");
  command.add_option("--keys", place.keys, "the folder of keys, which several nodes share; <data>/keys unless said")
      ->envname("HUIYIN_KEYS");
}

void add_init(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("init", "Make a data directory with its keys, its database and a first jurisdiction.");
  command.footer(
      "Example:\n  huiyin init --data /var/lib/huiyin --pack packs/petition-zh --jurisdiction linshi "
      "--origin answers.example.org\n\n"
      "keys/ inside it is never part of a backup: copy it apart, and keep it safe.");
  add_place(command, words.place);
  command.add_option("--pack", words.init.pack, "the folder of the pack that sets it up")
      ->required()
      ->check(CLI::ExistingDirectory);
  command.add_option("--jurisdiction", words.init.slug, "its short name: small letters, digits, dashes")->capture_default_str();
  command.add_option("--origin", words.init.host, "the host name under which its log is published; fixed for ever")
      ->capture_default_str();
  command.add_flag("--demo-users", words.init.demo_users,
                   "make demonstration logins and write them to demo-logins.txt: never on a real server");
  command.callback([&] {
    words.act = [&] {
      words.init.place = words.place;
      return host.init(words.init);
    };
  });
}

void add_serve(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("serve", "Serve a data directory over HTTP until it is stopped.");
  command.footer(
      "Example:\n  huiyin serve --data /var/lib/huiyin --listen 127.0.0.1:8311 --proxy 127.0.0.1\n\n"
      "Each option can stand in huiyin.toml of the data directory, or in the environment as HUIYIN_<NAME>.\n"
      "TLS is a proxy's work: put one in front and name it with --proxy.");
  add_place(command, words.place);
  command.add_option("--config", words.config, "settings (TOML); <data>/huiyin.toml unless said");
  command.add_option("--listen", words.serve.listen, "address and port; port 0 takes any free one")
      ->envname("HUIYIN_LISTEN")
      ->capture_default_str();
  command.add_option("--proxy", words.serve.proxies, "addresses or ranges whose X-Forwarded-For is believed")
      ->envname("HUIYIN_PROXY")
      ->delimiter(',');
  command
      .add_option("--requests-per-minute", words.serve.requests_per_minute,
                  "of one client address; 0 for no limit; the machine itself is never limited")
      ->envname("HUIYIN_REQUESTS_PER_MINUTE")
      ->capture_default_str();
  command.add_option("--threads", words.serve.threads, "that answer requests")
      ->envname("HUIYIN_THREADS")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  command
      .add_option("--witness", words.serve.witnesses,
                  "'URL VKEY' of a witness that is asked to vouch for the log; several are possible")
      ->envname("HUIYIN_WITNESS")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      .add_option("--witness-quorum", words.serve.witness_quorum,
                  "how many must vouch for what is published; more than half of them unless said")
      ->envname("HUIYIN_WITNESS_QUORUM");
  command.callback([&] {
    words.act = [&] {
      words.serve.place = words.place;
      return host.serve(words.serve);
    };
  });
}

void add_witness(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("witness", "Vouch for other people's logs: cosign their heads, never two that contradict.");
  command.footer(
      "Example:\n  huiyin witness --data /var/lib/huiyin-witness --name witness.example.org --policy logs.txt\n\n"
      "The policy has a line for each log, its origin and its verifier key:\n"
      "  log.example/town/log1 log.example/town/log1+c2963a07+Ac/if/TV...\n"
      "Keep the data folder whole: with an older copy of it the witness would vouch for forks.");
  command.add_option("--data", words.witness.data, "the witness's own folder, made when it is not there")->required();
  command.add_option("--policy", words.witness.policy, "the file that names the logs")->required()->check(CLI::ExistingFile);
  command.add_option("--name", words.witness.name, "the name of its key, a host name of yours; for the first start");
  command.add_option("--listen", words.witness.listen, "address and port; port 0 takes any free one")->capture_default_str();
  command.add_option("--requests-per-minute", words.witness.requests_per_minute, "of one client address; 0 for no limit")
      ->capture_default_str();
  command.callback([&] { words.act = [&] { return host.witness(words.witness); }; });
}

void add_user_commands(CLI::App& app, CommandWords& words, Host& host) {
  auto& user = *app.add_subcommand("user", "Accounts of staff.");
  user.require_subcommand(1);
  auto& command = *user.add_subcommand("add", "Add an account; its password is read from standard input.");
  command.footer("Example:\n  huiyin user add --data DIR --login wang --name 王敏 --role officer --unit housing < password.txt");
  add_place(command, words.place);
  command.add_option("--login", words.user.login, "what is typed to sign in")->required();
  command.add_option("--name", words.user.name, "as colleagues read it")->required();
  command.add_option("--role", words.user.roles, "dispatcher, officer, leader, steward; several are possible")
      ->required()
      ->delimiter(',');
  command.add_option("--unit", words.user.unit, "the unit an officer or a leader works in");
  command.callback([&] {
    words.act = [&] { return host.with_site(words.place, [&](Site& site) { return add_user(site, host, words.user); }); };
  });
}

void add_import(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("import", "Bring cases over from a file; may be stopped and repeated without doubles.");
  command.footer(
      "Example:\n  huiyin import --data DIR --format jsonl --map maps/messages.yaml --in messages.jsonl\n\n"
      "The server must be stopped. Lines that cannot be taken are listed in a report beside the file.");
  add_place(command, words.place);
  command.add_option("--format", words.format, "of the file: jsonl, one JSON object a line")
      ->check(CLI::IsMember({"jsonl"}))
      ->capture_default_str();
  command.add_option("--map", words.import.map, "which field means what")->required()->check(CLI::ExistingFile);
  command.add_option("--in", words.import.in, "the file")->required()->check(CLI::ExistingFile);
  command.add_option("--report", words.import.report, "where to list lines that cannot be taken");
  command.callback([&] {
    words.act = [&] { return host.with_site(words.place, [&](Site& site) { return import_cases(site, host, words.import); }); };
  });
}

void add_checks(CLI::App& app, CommandWords& words, Host& host) {
  auto& fsck = *app.add_subcommand("fsck", "Derive everything again from the events and name each difference.");
  fsck.footer("Example:\n  huiyin fsck --data DIR\n\nExit code 0: all is as it should be; 1: each difference was named.");
  add_place(fsck, words.place);
  fsck.callback([&] {
    words.act = [&] {
      return host.with_store(words.place,
                             [&](const OpenLog& log) { return check_store(log.store, log.keys, log.jurisdiction, host); });
    };
  });
}

// The log that --jurisdiction names, or the only one.
int with_one_log(const CommandWords& words, const Host& host, const std::function<int(const OpenLog&)>& use) {
  std::size_t matching = 0;
  const auto code = host.with_store(words.place, [&](const OpenLog& log) {
    if (!words.jurisdiction.empty() && words.jurisdiction != log.jurisdiction.slug) return done;
    if (++matching > 1) throw std::runtime_error("the database holds several logs: name one with --jurisdiction");
    return use(log);
  });
  if (matching == 0)
    throw std::runtime_error("--jurisdiction: got '" + words.jurisdiction + "', which the database does not hold");
  return code;
}

void add_export_log(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("export-log", "Write the public log as files that any web server can serve.");
  command.footer(
      "Example:\n  huiyin export-log --data DIR /srv/www/log\n\n"
      "Repeated, it brings the folder up to date; stopped, it goes on where it was. A folder that holds anything else, or\n"
      "another log, is refused. On SQLite the server must be stopped; it serves the same files at /log/<jurisdiction>/.");
  add_place(command, words.place);
  command.add_option("folder", words.out, "where to write")->required();
  command.add_option("--jurisdiction", words.jurisdiction, "whose log, where the database holds several");
  command.callback([&] {
    words.act = [&] { return with_one_log(words, host, [&](const OpenLog& log) { return export_log(log, host, words.out); }); };
  });
}

void add_language(CLI::App& command, Language& language) {
  command
      .add_option_function<std::string>(
          "--language", [&](const std::string& slug) { language = language_from_slug(slug).value(); },
          "of what it says: zh or en; en unless said")
      ->check(CLI::IsMember({"zh", "en"}));
}

void add_succeed_log(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("succeed-log", "End the log, and begin one with a new key that goes on from it.");
  command.footer(
      "Examples:\n  huiyin succeed-log --data DIR --reason restored --dry-run\n"
      "  huiyin succeed-log --data DIR --reason key-rotation\n\n"
      "restored: the newest database is lost for good, and an older copy was brought back. What was signed since is lost, and\n"
      "the new log says so in its first entry. key-rotation: others may know the log's key. Either way the old log never\n"
      "goes on. The server must be stopped; on PostgreSQL every node. Stopped itself, the same command again goes on.");
  add_place(command, words.place);
  command
      .add_option_function<std::string>(
          "--reason", [&](const std::string& name) { words.succeed.reason = log::succession_reason_from(name).value(); },
          "restored or key-rotation")
      ->required()
      ->check(CLI::IsMember({"restored", "key-rotation"}));
  command
      .add_option("--checkpoint", words.succeed.checkpoints,
                  "a file with a signed checkpoint of the log that ends, from a witness or an auditor; several are possible")
      ->check(CLI::ExistingFile)
      ->allow_extra_args(false);
  command.add_option("--jurisdiction", words.jurisdiction, "whose log, where the database holds several");
  command.add_flag("--dry-run", words.succeed.dry_run, "only say what would be lost and what kept");
  command.add_flag("--yes", words.succeed.yes, "do not ask");
  add_language(command, words.succeed.language);
  command.callback([&] {
    words.act = [&] {
      return with_one_log(words, host, [&](const OpenLog& log) { return succeed_log(log, host, words.succeed); });
    };
  });
}

void add_verify(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("verify", "Say what a receipt proves and what not; asks nobody and needs no network.");
  command.footer(
      "Examples:\n  huiyin verify F7K-3M2-Q9X.huiyin-receipt --vkey 'log.example/town/log1+c2963a07+Ac/if/TV...'\n"
      "  huiyin verify entry.tlog-proof --entry entry.json --vkey KEY --witness KEY\n\n"
      "Get the keys from somewhere else than the receipt. Exit code 0: proved, and vouched for by a witness of yours, if "
      "you named any; 1: not; 2: it could not be read.");
  command.add_option("file", words.verify.file, "the receipt (.huiyin-receipt), or a bare proof (.tlog-proof)")->required();
  command.add_option("--vkey", words.verify.logs, "the verifier key of a log that you trust; several are possible")
      ->allow_extra_args(false);
  command.add_option("--witness", words.verify.witnesses, "the verifier key of a witness that you trust; several are possible")
      ->allow_extra_args(false);
  command.add_option("--entry", words.verify.entry, "the entry that a bare proof is for, as a file");
  command.add_flag("--json", words.verify.json, "say it as one JSON object");
  add_language(command, words.verify.language);
  command.callback([&] { words.act = [&] { return verify_receipt(words.verify, host); }; });
}

void add_audit(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("audit", "Read a published log as a stranger, and name everything that does not hold.");
  command.footer(
      "Examples:\n  huiyin audit https://answers.example.org/log/linshi --state linshi-audits\n"
      "  huiyin audit /srv/www/log --vkey 'log.example/town/log1+c2963a07+Ac/if/TV...'\n\n"
      "Keep the state folder, and use it again each time: only so it shows when the log was changed in between.\n"
      "Exit code 0: all holds; 1: each finding was named; 2: the audit could not be made.");
  command.add_option("source", words.audit.source, "the log's address, or a folder that export-log wrote")->required();
  command.add_option("--state", words.audit.state, "the folder that remembers; made when it is not there");
  command.add_option("--vkey", words.audit.log, "the log's verifier key, as you have it from elsewhere");
  command.add_option("--witness", words.audit.witnesses, "the verifier key of a witness that you trust; several are possible")
      ->allow_extra_args(false);
  command.add_flag("--json", words.audit.json, "say it as one JSON object");
  command.add_flag("--progress", words.audit.progress, "say how far it is, also where there is no terminal");
  add_language(command, words.audit.language);
  command.callback([&] { words.act = [&] { return audit_log(words.audit, host); }; });
}

CLI::App& add_pack_command(CLI::App& pack, CommandWords& words, const char* name, const char* what) {
  auto& command = *pack.add_subcommand(name, what);
  add_language(command, words.pack.language);
  return command;
}

void add_pack_commands(CLI::App& app, CommandWords& words, Host& host) {
  auto& pack = *app.add_subcommand("pack", "Packs: a jurisdiction as data.");
  pack.require_subcommand(1);
  auto& check =
      add_pack_command(pack, words, "check", "Read a pack and name each fault: file, line, what stood there, what was expected.");
  check.footer("Example:\n  huiyin pack check packs/petition-zh");
  const auto add_folders = [&](CLI::App& command, int most, const char* what) {
    command.add_option("folder", words.pack.folders, what)->required()->expected(1, most)->check(CLI::ExistingDirectory);
  };
  add_folders(check, 1, "the folder of the pack");
  check.callback([&] { words.act = [&] { return check_pack(words.pack, host); }; });

  auto& diff = add_pack_command(pack, words, "diff", "Say what changes from one pack to another, and what it means for cases.");
  diff.footer(
      "Examples:\n  huiyin pack diff packs/old packs/new\n  huiyin pack diff --data DIR packs/new\n\n"
      "With one folder it is held against the pack in force, and open cases are counted in units and categories that\n"
      "disappear. Exit code 0: no difference; 1: differences; 2: a pack has faults, or they could not be compared.");
  add_place(diff, words.place, false);
  add_folders(diff, 2, "the folder of the old pack and that of the new one; or that of the new one alone");
  diff.callback([&] {
    if (words.pack.folders.size() == 1 && words.place.data.empty()) throw CLI::RequiredError("a second folder, or --data,");
    words.act = [&] {
      if (words.pack.folders.size() == 2) return compare_packs(words.pack, host);
      try {
        return host.with_store(words.place, [&](const OpenLog& log) {
          return compare_with_pack_in_force(log.store, log.jurisdiction, words.pack, host);
        });
      } catch (const std::exception& fault) {
        host.err << "huiyin: " << fault.what() << '\n';
        return wrong_usage;  // `failed` would say that there are differences
      }
    };
  });

  auto& apply = add_pack_command(pack, words, "apply", "Put another pack in force, after showing what changes.");
  apply.footer(
      "Example:\n  huiyin pack apply --data DIR packs/new\n\n"
      "On SQLite the server must be stopped; on PostgreSQL other nodes may run: they go on with the old pack until they are\n"
      "restarted. A unit or a category in which an open case stands cannot disappear.");
  add_place(apply, words.place);
  add_folders(apply, 1, "the folder of the new pack");
  apply.add_flag("--yes", words.pack.yes, "do not ask");
  apply.callback([&] {
    words.act = [&] {
      return host.with_site_under_any_pack(words.place, [&](Site& site) { return apply_pack(site, host, words.pack); });
    };
  });
}

void add_topics(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("topics", "Find the matters that many people raise: cases in, topics out, hottest first.");
  command.footer(
      "Example:\n  huiyin topics --in cases.jsonl --out topics.jsonl\n\n"
      "A line in: {\"id\", \"subject\", \"body\", \"at\", \"likes\", \"dislikes\", \"place\", \"user\"};\n"
      "only id, at and some words must be there. A decision, a line each, names cases:\n"
      "{\"merge\": [ID, ID]}, {\"split\": [ID, ...]}, {\"rename\": ID, \"name\": NAME}.");
  add_lines_in(command, words.topics.in, words.topics.skip_faulty, "cases");
  command.add_option("--out", words.topics.out, "topics as JSON lines; - for standard output")->capture_default_str();
  command.add_option("--decisions", words.topics.decisions, "what people decided by hand, as JSON lines")
      ->check(CLI::ExistingFile);
  command.add_option("--cases-min", words.topics.cases_min, "topics with fewer cases are left out")
      ->capture_default_str()
      ->check(CLI::Range(1, 1'000'000));
  command.callback([&] { words.act = [&] { return find_topics(words.topics, host); }; });
}

void add_similar(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("similar", "Find cases like a text: near copies, and the same matter in other words.");
  command.footer(
      "Examples:\n  huiyin similar --in cases.jsonl --query new.jsonl --out similar.jsonl\n"
      "  huiyin similar --in cases.jsonl --text '丽景小区旁的搅拌站夜里施工'\n\n"
      "A line in: {\"id\", \"subject\", \"body\", \"at\", \"solved\"}; a query likewise. A query never finds its own id.");
  add_lines_in(command, words.similar.in, words.similar.skip_faulty, "cases");
  command.add_option("--out", words.similar.out, "a line for each query; - for standard output")->capture_default_str();
  auto& query = *command.add_option("--query", words.similar.query, "queries as JSON lines");
  command.add_option("--text", words.similar.text, "one query as it is")->excludes(&query);
  command.add_option("--most", words.similar.most, "so many are given for a query")
      ->capture_default_str()
      ->check(CLI::Range(1, 100));
  command.callback([&] {
    if (words.similar.query.empty() == words.similar.text.empty()) throw CLI::RequiredError("--query or --text");
    words.act = [&] { return find_similar(words.similar, host); };
  });
}

void add_move(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("move", "Move the whole site into another database, and prove that all of it came.");
  command.footer(
      "Examples:\n  huiyin move --data DIR --to postgresql://huiyin@db.example.org/huiyin\n"
      "  huiyin move --data DIR --database postgresql://huiyin@db.example.org/huiyin --to sqlite\n\n"
      "Writing pauses meanwhile, and it says for how long; other nodes on PostgreSQL go on reading. The target\n"
      "must be empty. It may be stopped at any moment: the same command again goes on. Exit code 1: each difference was named.");
  add_place(command, words.place);
  command.add_option("--to", words.move.to, "postgresql://user@host:port/name, or sqlite for huiyin.db in the data directory")
      ->required()
      ->check([](const std::string& to) {
        const bool known = to == "sqlite" || to.starts_with("postgresql://") || to.starts_with("postgres://");
        return known ? std::string() : "expected postgresql://user@host:port/name or sqlite";
      });
  command.callback([&] {
    words.act = [&] {
      words.move.place = words.place;
      return host.move(words.move);
    };
  });
}

void add_migrate(CLI::App& app, CommandWords& words, Host& host) {
  auto& command = *app.add_subcommand("migrate", "Bring the database up to date with this program, and say what it holds.");
  command.footer(
      "Example:\n  huiyin migrate --data DIR\n\n"
      "Every start does the same. With --distribute the tables of a PostgreSQL database with the extension Citus are spread\n"
      "over its nodes by jurisdiction; what is spread already is passed over.");
  add_place(command, words.place);
  command.add_flag("--distribute", words.migrate.distribute, "spread the tables over the nodes of Citus");
  command.callback([&] {
    words.act = [&] {
      words.migrate.place = words.place;
      return host.migrate(words.migrate);
    };
  });
}

// huiyin.toml fills in what neither the command line nor the environment said: for `serve` everything, for the others where the
// database and the keys are.
void read_config(CLI::App& command, const CommandWords& words) {
  const bool serves = command.get_name() == "serve";
  auto file = words.config.empty() ? words.place.data / "huiyin.toml" : words.config;
  if (words.config.empty() && !std::filesystem::exists(file)) return;
  for (const auto& item : command.get_config_formatter()->from_file(file.string())) {
    if (!serves && item.name != "database" && item.name != "keys") continue;
    auto* option = item.parents.empty() ? command.get_option_no_throw("--" + item.name) : nullptr;
    if (option == nullptr || item.name == "data" || item.name == "config" || item.name == "help") {
      throw CLI::ConfigError(file.string() + ": there is no setting called '" + item.fullname() + "'");
    }
    if (option->count() > 0) continue;
    option->add_result(item.inputs);
    option->run_callback();
  }
}

// The subcommand that was chosen, down to the last.
CLI::App& chosen(CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return parsed.empty() ? app : chosen(*parsed.front());
}

}  // namespace

int run(int count, const char* const* arguments, Host& host) {
  CLI::App app("Huiyin (回音): it hears people, and an answer comes back.", "huiyin");
  app.set_version_flag("--version", "huiyin " + host.version);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.footer(
      "First steps:\n  huiyin init --data DIR --pack packs/petition-zh\n  huiyin serve --data DIR\n\n"
      "`huiyin COMMAND --help` shows each command with an example.");
  CommandWords words;
  add_init(app, words, host);
  add_serve(app, words, host);
  add_witness(app, words, host);
  add_user_commands(app, words, host);
  add_import(app, words, host);
  add_checks(app, words, host);
  add_export_log(app, words, host);
  add_succeed_log(app, words, host);
  add_verify(app, words, host);
  add_audit(app, words, host);
  add_topics(app, words, host);
  add_writing_commands(app, words.writing, words.act, host);
  add_similar(app, words, host);
  add_pack_commands(app, words, host);
  add_move(app, words, host);
  add_migrate(app, words, host);
  add_language_commands(app, words.language, words.act, host);
  try {
    app.parse(count, arguments);
    if (auto& command = chosen(app); command.get_option_no_throw("--data") != nullptr && !words.place.data.empty())
      read_config(command, words);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, host.out, host.err);
    return code == 0 ? done : wrong_usage;
  }
  try {
    return words.act();
  } catch (const std::exception& fault) {
    host.err << "huiyin: " << fault.what() << '\n';
    return failed;
  }
}

}  // namespace huiyin::cli
