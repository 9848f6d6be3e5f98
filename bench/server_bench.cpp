// The whole server under load over both engines, on one machine with its load generator, against what it stands on: bare SQLite,
// a constant answer of Boost.Beast. Medians of five rounds in which all take turns. Prints a table; --json FILE writes the same.
// Figures are printed as seen.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>

#include "bare_sqlite.h"
#include "child.h"
#include "constant_servers.h"
#include "http_load.h"
#include "served.h"

namespace {

using namespace huiyin;
using namespace huiyin::bench;
constexpr std::size_t bare_submissions_max = 32'768;

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// A database of its own in the PostgreSQL that HUIYIN_TEST_POSTGRES names (./dev bench starts one that keeps what it confirms).
class BenchDatabase {
 public:
  BenchDatabase(std::string server, fs::path log) : server_(std::move(server)), log_(std::move(log)) {
    run("CREATE DATABASE " + name_);
  }
  ~BenchDatabase() {
    try {
      run("DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const std::exception& fault) {
      std::cerr << fault.what() << '\n';
    }
  }
  BenchDatabase(const BenchDatabase&) = delete;
  BenchDatabase& operator=(const BenchDatabase&) = delete;
  // The server's URL with another path.
  [[nodiscard]] std::string url() const {
    const auto begin = server_.find('/', server_.find("//") + 2), end = server_.find('?');
    return server_.substr(0, begin + 1) + name_ + (end == std::string::npos ? "" : server_.substr(end));
  }

 private:
  void run(const std::string& sql) const {
    if (Child::start({"/usr/bin/env", "psql", "--no-psqlrc", "--quiet", "--dbname=" + server_, "--command=" + sql}, log_)
            .wait() != 0)
      throw std::runtime_error("psql failed; see " + log_.string());
  }
  std::string server_, name_ = "bench_" + std::to_string(::getpid());
  fs::path log_;
};

class Bench {
 public:
  explicit Bench(Options options) : options_(std::move(options)) {
    if (const char* server = std::getenv("HUIYIN_TEST_POSTGRES")) {
      database_.emplace(server, options_.dir / "psql.log");
      postgres_.emplace(options_, "pg ", database_->url());
    }
  }

  void run() {
    const auto constant = sqlite_.constant_answer();
    const auto beast = Child::fork_into([&] { serve_with_beast(constant); }, options_.dir / "beast.log");
    const auto core = Child::fork_into([&] { serve_with_own_core(constant); }, options_.dir / "core.log");
    const auto beast_port = beast.read_port(), core_port = core.read_port();
    for (auto* engine : engines()) engine->start();
    for (int round = 0; round < options_.rounds; ++round) {
      std::cerr << fmt::format("round {} of {}\n", round + 1, options_.rounds);
      for (auto* engine : engines()) engine->submit(&seen_);
      write_bare(round);
      for (auto* engine : engines()) engine->read(seen_);
      answer_constant("beast", beast_port);
      answer_constant("core", core_port);
      for (auto* engine : engines()) {
        engine->read_beside_submissions(seen_);
        engine->list(seen_, "list API", "/api/v1/cases");
        engine->list(seen_, "list page", "/zh/staff/");
      }
    }
    for (auto* engine : engines()) engine->stop(seen_);
    for (int i = 0; i < options_.rounds; ++i) {
      for (auto* engine : engines()) engine->time_start(seen_);
    }
  }

  [[nodiscard]] const Seen& seen() const { return seen_; }
  [[nodiscard]] std::uint64_t cases() const { return sqlite_.cases(); }
  [[nodiscard]] std::uint64_t cases_on_postgres() const { return postgres_ ? postgres_->cases() : 0; }
  [[nodiscard]] std::vector<std::string> wrong() const {
    auto all = wrong_;
    for (const auto* engine : {&sqlite_, postgres_ ? &*postgres_ : nullptr}) {
      if (engine != nullptr) all.insert(all.end(), engine->wrong().begin(), engine->wrong().end());
    }
    return all;
  }

 private:
  std::vector<Served*> engines() {
    std::vector<Served*> all{&sqlite_};
    if (postgres_) all.push_back(&*postgres_);
    return all;
  }
  void write_bare(int round) {
    if (!bare_) bare_.emplace(sqlite_.database_file(), bare_submissions_max);
    const auto file = options_.dir / fmt::format("bare-{}.db", round);
    seen_["bare /s"].push_back(bare_->run(file));
    for (const auto* ending : {"", "-wal", "-shm"}) fs::remove(file.string() + ending);
  }
  void answer_constant(const std::string& what, std::uint16_t port) {
    const auto request = request_text("GET", "/");
    const auto outcome = HttpLoad({{port, 64, [&] { return std::string_view(request); }}}).run(options_.length).front();
    if (outcome.wrong > 0) wrong_.push_back(fmt::format("{}: {} wrong answers: {}", what, outcome.wrong, outcome.first_wrong));
    seen_[what + " /s"].push_back(outcome.per_second);
    seen_[what + " p50"].push_back(outcome.p50_ms);
    seen_[what + " p99"].push_back(outcome.p99_ms);
  }

  Options options_;
  std::optional<BenchDatabase> database_;
  Served sqlite_{options_, "", ""};
  std::optional<Served> postgres_;
  std::optional<BareSqlite> bare_;
  Seen seen_;
  std::vector<std::string> wrong_;
};

struct Line {
  std::string what, figure, postgres, compared, ratio, goal;
};

std::vector<Line> table_of(const Seen& seen, std::uint64_t cases, std::uint64_t cases_on_postgres) {
  const auto value = [&](const std::string& name) { return seen.contains(name) ? median(seen.at(name)) : 0.0; };
  const auto share = [](double one, double other) { return other == 0 ? std::string("-") : fmt::format("{:.2f}", one / other); };
  const auto rate = [&](const std::string& name) { return fmt::format("{:.0f}/s", value(name + " /s")); };
  const auto times = [&](const std::string& name) {
    return fmt::format("{:.2f} / {:.2f} ms", value(name + " p50"), value(name + " p99"));
  };
  const auto bare = fmt::format("bare SQLite, 256 a transaction: {}", rate("bare"));
  constexpr double request_tracker_per_second = 17;  // seen earlier on such a machine, not in this run
  const auto submit = value("submit /s");
  const auto on_postgres = [&](const std::string& text, const std::string& name) {
    return seen.contains("pg " + name) ? text : std::string("-");
  };
  const auto both = [&](std::string what, const std::string& name, std::string compared, std::string ratio, std::string goal) {
    return Line{std::move(what),     rate(name),       on_postgres(rate("pg " + name), name + " /s"),
                std::move(compared), std::move(ratio), std::move(goal)};
  };
  const auto both_times = [&](std::string what, const std::string& name, std::string compared = "") {
    return Line{std::move(what), times(name), on_postgres(times("pg " + name), name + " p50"), std::move(compared), "", ""};
  };
  const auto both_values = [&](std::string what, std::string_view form, const std::string& name, std::string goal) {
    const auto of = [&](const std::string& full) { return fmt::format(fmt::runtime(form), value(full)); };
    return Line{std::move(what), of(name), on_postgres(of("pg " + name), name), "", "", std::move(goal)};
  };
  std::vector<Line> lines{
      both("submissions, 64 connections", "submit", bare, share(submit, value("bare /s")), "0.40 or more"),
      {"  the same", rate("submit"), "", "Request Tracker 5 (another run): 17/s",
       fmt::format("{:.0f}", submit / request_tracker_per_second), "over 500"},
      both_times("  p50 / p99", "submit"),
      both_values("  processor time of the server", "{:.0f} us each", "submit cpu", ""),
      both("case reads, 64 connections", "read", "Beast, constant JSON: " + rate("beast"),
           share(value("read /s"), value("beast /s")), "0.40 or more"),
      {"  the same", rate("read"), "", "own HTTP core, constant JSON: " + rate("core"), share(value("read /s"), value("core /s")),
       ""},
      {"  own HTTP core", rate("core"), "", "Beast, constant JSON: " + rate("beast"), share(value("core /s"), value("beast /s")),
       ""},
      both_times("  p50 / p99", "read", "Beast: " + times("beast")),
      both_values("  processor time of the server", "{:.0f} us each", "read cpu", ""),
      {"p99 of reads beside 500 submissions/s", fmt::format("{:.2f} ms", value("read beside p99")),
       on_postgres(fmt::format("{:.2f} ms", value("pg read beside p99")), "read beside p99"),
       fmt::format("without: {:.2f} ms", value("read p99")), share(value("read beside p99"), value("read p99")), "under 2"},
      both("  reads meanwhile", "read beside", "without: " + rate("read"), share(value("read beside /s"), value("read /s")), ""),
      both("  submissions meanwhile", "submit beside", "p50 / p99 " + times("submit beside"), "", ""),
      both("list of cases, API, 50 rows", "list API", "p50 / p99 " + times("list API"), "", ""),
  };
  if (seen.contains("list page /s"))
    lines.push_back(both("list of cases, staff page", "list page", "p50 / p99 " + times("list page"), "", ""));
  lines.push_back({"cases stored at the end", fmt::format("{}", cases), fmt::format("{}", cases_on_postgres), "", "", ""});
  lines.push_back(both_values("resident memory after it", "{:.0f} MiB", "resident", "under 512 MiB (1 million cases)"));
  lines.push_back(both_values("start to first answer", "{:.3f} s", "start", "under 1 s (1 million cases)"));
  return lines;
}

std::string machine() {
  std::ifstream about("/proc/cpuinfo");
  std::string model = "unknown processor";
  for (std::string line; std::getline(about, line);) {
    if (line.starts_with("model name")) model = line.substr(line.find(':') + 2);
  }
  std::array<double, 3> load{};
  ::getloadavg(load.data(), 3);
  return fmt::format("{}, {} cores; load {:.2f} {:.2f} {:.2f}", model, std::thread::hardware_concurrency(), load[0], load[1],
                     load[2]);
}

// Columns by characters: everything here is ASCII.
void print(const std::vector<Line>& lines) {
  constexpr std::string_view form = "{:<38} {:>18} {:>18}  {:<58} {:>6}  {}\n";
  std::cout << fmt::format(form, "what", "SQLite", "PostgreSQL", "SQLite compared with", "ratio", "goal");
  for (const auto& line : lines)
    std::cout << fmt::format(form, line.what, line.figure, line.postgres, line.compared, line.ratio, line.goal);
}

void write_json(const fs::path& file, const std::vector<Line>& lines, const Bench& bench) {
  namespace json = boost::json;
  json::array rows;
  for (const auto& [what, figure, postgres, compared, ratio, goal] : lines) {
    rows.push_back(json::object{{"what", what},
                                {"figure", figure},
                                {"postgres", postgres},
                                {"compared_with", compared},
                                {"ratio", ratio},
                                {"goal", goal}});
  }
  json::object rounds;
  for (const auto& [name, values] : bench.seen()) rounds[name] = json::value_from(values);
  json::object out{{"machine", machine()}, {"cases", bench.cases()}, {"cases_on_postgres", bench.cases_on_postgres()},
                   {"table", rows},        {"rounds", rounds},       {"wrong", json::value_from(bench.wrong())}};
  std::ofstream(file) << json::serialize(out) << '\n';
}

// The nearest folder above `from` that holds the packs.
fs::path find_source(fs::path from) {
  while (!fs::exists(from / "packs/petition-zh") && from.has_relative_path()) from = from.parent_path();
  return from;
}

}  // namespace

int main(int count, char** words) {
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);  // as the program has it, and before SQLite is at work here
  Options options;
  const auto own = fs::read_symlink("/proc/self/exe");
  options.program = own.parent_path().parent_path() / "huiyin";
  options.source = find_source(own.parent_path());
  fs::path above = own.parent_path();  // a real disk, where the build is
  CLI::App app("The server under load against what it stands on.", "bench_server");
  app.add_option("--program", options.program, "the release program")->capture_default_str();
  app.add_option("--dir", above, "where to make the folder for data, on a real disk")->capture_default_str();
  app.add_option("--json", options.json, "write the figures to this file, too");
  app.add_option("--least-cases", options.least_cases, "submit so many before the first round");
  app.add_flag("--quick", options.quick, "one round of one second: to see that it works");
  CLI11_PARSE(app, count, words);
  if (options.quick) std::tie(options.rounds, options.length) = std::pair(1, std::chrono::milliseconds(1000));
  auto pattern = (above / "bench-server-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) return std::cerr << "no folder can be made in " << above << '\n', 1;
  options.dir = pattern;
  try {
    const auto dir = options.dir, json = options.json;
    std::cout << machine() << "\n";
    Bench bench(std::move(options));
    bench.run();
    const auto lines = table_of(bench.seen(), bench.cases(), bench.cases_on_postgres());
    print(lines);
    for (const auto& wrong : bench.wrong()) std::cout << "NOT AS EXPECTED: " << wrong << '\n';
    std::cout << machine() << '\n';
    if (!json.empty()) write_json(json, lines, bench);
    fs::remove_all(dir);
    return 0;
  } catch (const std::exception& fault) {
    std::cerr << "bench_server: " << fault.what() << " (see " << pattern << ")\n";
    return 1;
  }
}
