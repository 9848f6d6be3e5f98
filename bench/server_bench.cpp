// The whole server under load, on one machine with its load generator, against what it stands on: bare SQLite, a constant answer
// of Boost.Beast. Medians of five rounds in which all take turns. Prints a table; --json FILE writes the same. Figures are
// printed as seen.
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

namespace {

using namespace huiyin;
using namespace huiyin::bench;
namespace fs = std::filesystem;

constexpr std::size_t body_characters = 600;
constexpr std::size_t different_bodies = 256;
constexpr std::size_t known_cases_max = 10'000;       // whose secrets are remembered, to be read
constexpr std::size_t bare_submissions_max = 32'768;
constexpr double submissions_beside_reads = 500;
constexpr int beside_connections = 16;

struct Options {
  fs::path program, source, dir, json;
  bool quick = false;
  std::uint64_t least_cases = 0;
  int rounds = 5;
  std::chrono::milliseconds length{3000};
};

// What was seen, a value a round.
using Seen = std::map<std::string, std::vector<double>>;

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// Chinese text without sense: common characters by chance, a comma now and then.
std::string some_body(Random& random) {
  constexpr std::string_view common =
      "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
      "行学法所民得经路灯坏修水电垃圾噪声小区街道门口晚上孩子老人车辆停放希望尽快处理谢谢";
  constexpr std::size_t bytes_a_character = 3;
  std::string text;
  for (std::size_t i = 0; i < body_characters; ++i) {
    const auto at = random.below(static_cast<std::uint32_t>(common.size() / bytes_a_character)) * bytes_a_character;
    text += i % 17 == 16 ? std::string_view("，") : common.substr(at, bytes_a_character);
  }
  return text;
}

std::string request_text(std::string_view method, std::string_view target, std::string_view more_headers = "",
                         std::string_view body = "") {
  auto text = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}", method, target, more_headers);
  if (!body.empty()) text += fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
  return text.append("\r\n").append(body);
}

std::string_view json_string(std::string_view json, std::string_view name) {
  const auto lead = fmt::format("\"{}\":\"", name);
  const auto at = json.find(lead);
  if (at == std::string_view::npos) throw std::runtime_error(fmt::format("an answer has no {}: {}", name, json.substr(0, 300)));
  const auto begin = at + lead.size();
  return json.substr(begin, json.find('"', begin) - begin);
}

// A member of staff who sees all cases, signed in.
std::string cookie_of_dispatcher(std::uint16_t port, const fs::path& data) {
  std::ifstream logins(data / "demo-logins.txt");
  std::string login, password, cookie;
  while (logins >> login >> password && login != "dispatcher") logins.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  const auto body = fmt::format(R"({{"login":"{}","password":"{}"}})", login, password);
  ask_once(port, request_text("POST", "/api/v1/session", "", body), [&](const Answer& answer) {
    constexpr std::string_view lead = "Set-Cookie: ";
    const auto at = answer.head.find(lead);
    if (at == std::string_view::npos)
      throw std::runtime_error(fmt::format("could not sign in: {} {}", answer.status, answer.body));
    cookie = answer.head.substr(at + lead.size(), answer.head.find(';', at) - at - lead.size());
  });
  return cookie;
}

class Bench {
 public:
  explicit Bench(Options options) : options_(std::move(options)), data_(options_.dir / "data") {
    SeededRandom random(1);
    for (std::size_t i = 0; i < different_bodies; ++i) {
      submissions_.push_back(
          request_text("POST", "/api/v1/cases", "", fmt::format(R"({{"body":"{}","language":"zh"}})", some_body(random))));
    }
    const std::vector<std::string> init{
        options_.program, "init",  "--data",   data_,       "--pack",      options_.source / "packs/petition-zh",
        "--jurisdiction", "bench", "--origin", "localhost", "--demo-users"};
    if (Child::start(init, log_file()).wait() != 0) throw std::runtime_error("huiyin init failed; see " + log_file().string());
  }

  void run() {
    const auto constant = constant_answer();
    const auto beast = Child::fork_into([&] { serve_with_beast(constant); }, log_file());
    const auto core = Child::fork_into([&] { serve_with_own_core(constant); }, log_file());
    const auto beast_port = beast.read_port(), core_port = core.read_port();
    auto server = start_server();
    cookie_ = cookie_of_dispatcher(port_, data_);
    while (cases_ < options_.least_cases) submit_for(options_.length, server, nullptr);
    for (int round = 0; round < options_.rounds; ++round) {
      std::cerr << fmt::format("round {} of {}\n", round + 1, options_.rounds);
      submit_for(options_.length, server, &seen_);
      write_bare(round);
      read_for(server);
      answer_constant("beast", beast_port);
      answer_constant("core", core_port);
      read_beside_submissions();
      list("list API", "/api/v1/cases");
      list("list page", "/zh/staff/");
    }
    seen_["resident"].push_back(server.resident_mib());
    server.stop();
    for (int i = 0; i < options_.rounds; ++i) time_start();
  }

  [[nodiscard]] const Seen& seen() const { return seen_; }
  [[nodiscard]] std::uint64_t cases() const { return cases_; }
  [[nodiscard]] const std::vector<std::string>& wrong() const { return wrong_; }

 private:
  [[nodiscard]] fs::path log_file() const { return options_.dir / "bench.log"; }

  Child start_server() {
    auto server =
        Child::start({options_.program, "serve", "--data", data_, "--listen", "127.0.0.1:0"}, options_.dir / "server.log");
    port_ = server.read_port();
    return server;
  }

  // The answer to a read of one case, as the program gives it: the constant servers answer with it, so this comes first.
  std::string constant_answer() {
    auto server = start_server();
    std::string json;
    ask_once(port_, submissions_.front(), [&](const Answer& answer) { remember(answer); });
    ask_once(port_, known_.front(), [&](const Answer& answer) { json = answer.body; });
    server.stop();
    return json;
  }

  void remember(const Answer& answer) {
    ++cases_;
    if (known_.size() == known_cases_max) return;
    known_.push_back(request_text("GET", fmt::format("/api/v1/cases/{}", json_string(answer.body, "reference")),
                                  fmt::format("Authorization: Case {}\r\n", json_string(answer.body, "secret"))));
  }

  HttpLoad::Group submitting() {
    return {port_, 64, [this] { return std::string_view(submissions_[next_submission_++ % submissions_.size()]); },
            [this](const Answer& answer) { remember(answer); }, 201};
  }
  HttpLoad::Group reading() {
    return {port_, 64, [this] { return std::string_view(known_[next_known_++ % known_.size()]); }};
  }

  std::vector<HttpLoad::Outcome> load(std::string_view what, std::vector<HttpLoad::Group> groups,
                                      std::chrono::milliseconds length) {
    auto outcomes = HttpLoad(std::move(groups)).run(length);
    for (const auto& outcome : outcomes) {
      if (outcome.wrong > 0)
        wrong_.push_back(fmt::format("{}: {} wrong answers, the first: {}", what, outcome.wrong, outcome.first_wrong));
    }
    return outcomes;
  }
  void note(const std::string& what, const HttpLoad::Outcome& outcome) {
    seen_[what + " /s"].push_back(outcome.per_second);
    seen_[what + " p50"].push_back(outcome.p50_ms);
    seen_[what + " p99"].push_back(outcome.p99_ms);
  }

  void submit_for(std::chrono::milliseconds length, const Child& server, Seen* seen) {
    const auto cpu_before = server.cpu_seconds();
    const auto cases_before = cases_;
    const auto outcome = load("submissions", {submitting()}, length).front();
    if (seen == nullptr) return;
    note("submit", outcome);
    (*seen)["submit cpu"].push_back((server.cpu_seconds() - cpu_before) * 1e6 /
                                    static_cast<double>(std::max<std::uint64_t>(cases_ - cases_before, 1)));
  }

  void write_bare(int round) {
    if (!bare_) bare_.emplace(data_ / "huiyin.db", bare_submissions_max);
    const auto file = options_.dir / fmt::format("bare-{}.db", round);
    seen_["bare /s"].push_back(bare_->run(file));
    for (const auto* ending : {"", "-wal", "-shm"}) fs::remove(file.string() + ending);
  }

  void read_for(const Child& server) {
    const auto cpu_before = server.cpu_seconds();
    const auto outcome = load("reads", {reading()}, options_.length).front();
    note("read", outcome);
    seen_["read cpu"].push_back((server.cpu_seconds() - cpu_before) * 1e6 /
                                static_cast<double>(std::max<std::size_t>(outcome.answers, 1)));
  }

  void answer_constant(const std::string& what, std::uint16_t port) {
    const auto request = request_text("GET", "/");
    note(what, load(what, {{port, 64, [&] { return std::string_view(request); }}}, options_.length).front());
  }

  void read_beside_submissions() {
    auto beside = submitting();
    beside.connections = beside_connections;
    beside.per_second = submissions_beside_reads;
    const auto outcomes = load("reads beside submissions", {reading(), beside}, options_.length);
    note("read beside", outcomes.front());
    note("submit beside", outcomes.back());
  }

  void list(const std::string& what, std::string_view target) {
    const auto request = request_text("GET", target, fmt::format("Cookie: {}\r\nAccept: */*\r\n", cookie_));
    int status = 0;
    ask_once(port_, request, [&](const Answer& answer) { status = answer.status; });
    if (status != 200) return wrong_.push_back(fmt::format("{}: status {}, not measured", what, status));
    note(what, load(what, {{port_, 64, [&] { return std::string_view(request); }}}, options_.length).front());
  }

  // From starting the process to the last byte of its answer to a read of a case.
  void time_start() {
    const auto began = Ticks::now();
    auto server = start_server();
    ask_once(port_, known_.front(), [&](const Answer& answer) {
      if (answer.status != 200) wrong_.push_back(fmt::format("first answer: status {}", answer.status));
    });
    seen_["start"].push_back(std::chrono::duration<double>(Ticks::now() - began).count());
    server.stop();
  }

  Options options_;
  fs::path data_;
  std::vector<std::string> submissions_, known_;
  std::size_t next_submission_ = 0, next_known_ = 0;
  std::uint16_t port_ = 0;
  std::uint64_t cases_ = 0;
  std::string cookie_;
  std::optional<BareSqlite> bare_;
  Seen seen_;
  std::vector<std::string> wrong_;
};

struct Line {
  std::string what, figure, compared, ratio, goal;
};

std::vector<Line> table_of(const Seen& seen, std::uint64_t cases) {
  const auto value = [&](const std::string& name) { return seen.contains(name) ? median(seen.at(name)) : 0.0; };
  const auto share = [](double one, double other) { return other == 0 ? std::string("-") : fmt::format("{:.2f}", one / other); };
  const auto rate = [&](const std::string& name) { return fmt::format("{:.0f}/s", value(name + " /s")); };
  const auto times = [&](const std::string& name) {
    return fmt::format("{:.2f} / {:.2f} ms", value(name + " p50"), value(name + " p99"));
  };
  const auto bare = fmt::format("bare SQLite, 256 a transaction: {}", rate("bare"));
  constexpr double request_tracker_per_second = 17;  // seen earlier on such a machine, not in this run
  const auto submit = value("submit /s");
  std::vector<Line> lines{
      {"submissions, 64 connections", rate("submit"), bare, share(submit, value("bare /s")), "0.40 or more"},
      {"  the same", rate("submit"), "Request Tracker 5 (another run): 17/s",
       fmt::format("{:.0f}", submit / request_tracker_per_second), "over 500"},
      {"  p50 / p99", times("submit"), "", "", ""},
      {"  processor time of the server", fmt::format("{:.0f} us each", value("submit cpu")), "", "", ""},
      {"case reads, 64 connections", rate("read"), "Beast, constant JSON: " + rate("beast"),
       share(value("read /s"), value("beast /s")), "0.40 or more"},
      {"  the same", rate("read"), "own HTTP core, constant JSON: " + rate("core"), share(value("read /s"), value("core /s")),
       ""},
      {"  own HTTP core", rate("core"), "Beast, constant JSON: " + rate("beast"), share(value("core /s"), value("beast /s")), ""},
      {"  p50 / p99", times("read"), "Beast: " + times("beast"), "", ""},
      {"  processor time of the server", fmt::format("{:.0f} us each", value("read cpu")), "", "", ""},
      {"p99 of reads beside 500 submissions/s", fmt::format("{:.2f} ms", value("read beside p99")),
       fmt::format("without: {:.2f} ms", value("read p99")), share(value("read beside p99"), value("read p99")), "under 2"},
      {"  reads meanwhile", rate("read beside"), "without: " + rate("read"), share(value("read beside /s"), value("read /s")),
       ""},
      {"  submissions meanwhile", rate("submit beside"), "p50 / p99 " + times("submit beside"), "", ""},
      {"list of cases, API, 50 rows", rate("list API"), "p50 / p99 " + times("list API"), "", ""},
  };
  if (seen.contains("list page /s"))
    lines.push_back({"list of cases, staff page", rate("list page"), "p50 / p99 " + times("list page"), "", ""});
  lines.push_back({"cases stored at the end", fmt::format("{}", cases), "", "", ""});
  lines.push_back(
      {"resident memory after it", fmt::format("{:.0f} MiB", value("resident")), "", "", "under 512 MiB (1 million cases)"});
  lines.push_back({"start to first answer", fmt::format("{:.3f} s", value("start")), "", "", "under 1 s (1 million cases)"});
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
  constexpr std::string_view form = "{:<38} {:>18}  {:<58} {:>6}  {}\n";
  std::cout << fmt::format(form, "what", "figure", "compared with", "ratio", "goal");
  for (const auto& line : lines) std::cout << fmt::format(form, line.what, line.figure, line.compared, line.ratio, line.goal);
}

void write_json(const fs::path& file, const std::vector<Line>& lines, const Bench& bench) {
  namespace json = boost::json;
  json::array rows;
  for (const auto& [what, figure, compared, ratio, goal] : lines) {
    rows.push_back(
        json::object{{"what", what}, {"figure", figure}, {"compared_with", compared}, {"ratio", ratio}, {"goal", goal}});
  }
  json::object rounds;
  for (const auto& [name, values] : bench.seen()) rounds[name] = json::value_from(values);
  json::object out{{"machine", machine()},
                   {"cases", bench.cases()},
                   {"table", rows},
                   {"rounds", rounds},
                   {"wrong", json::value_from(bench.wrong())}};
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
    const auto lines = table_of(bench.seen(), bench.cases());
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
