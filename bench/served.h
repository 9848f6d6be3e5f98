// The program under load over one engine: its data, its process, and what was seen of it.
#pragma once

#include <fmt/format.h>

#include <fstream>
#include <limits>
#include <map>
#include <optional>

#include "base/random.h"
#include "child.h"
#include "http_load.h"

namespace huiyin::bench {

namespace fs = std::filesystem;

inline constexpr std::size_t body_characters = 600;
inline constexpr std::size_t different_bodies = 256;
inline constexpr std::size_t known_cases_max = 10'000;  // whose secrets are remembered, to be read
inline constexpr double submissions_beside_reads = 500;
inline constexpr int beside_connections = 16;

struct Options {
  fs::path program, source, dir, json;
  bool quick = false;
  std::uint64_t least_cases = 0;
  int rounds = 5;
  std::chrono::milliseconds length{3000};
};

// What was seen, a value a round.
using Seen = std::map<std::string, std::vector<double>>;

// Chinese text without sense: common characters by chance, a comma now and then.
inline std::string some_body(Random& random) {
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

inline std::string request_text(std::string_view method, std::string_view target, std::string_view more_headers = "",
                                std::string_view body = "") {
  auto text = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}", method, target, more_headers);
  if (!body.empty()) text += fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
  return text.append("\r\n").append(body);
}

inline std::string_view json_string(std::string_view json, std::string_view name) {
  const auto lead = fmt::format("\"{}\":\"", name);
  const auto at = json.find(lead);
  if (at == std::string_view::npos) throw std::runtime_error(fmt::format("an answer has no {}: {}", name, json.substr(0, 300)));
  const auto begin = at + lead.size();
  return json.substr(begin, json.find('"', begin) - begin);
}

// A member of staff who sees all cases, signed in.
inline std::string cookie_of_dispatcher(std::uint16_t port, const fs::path& data) {
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

class Served {
 public:
  // `database`: a PostgreSQL URL, or empty for the embedded engine. Its figures are called `prefix` and what they are.
  Served(const Options& options, std::string prefix, std::string database)
      : options_(options), prefix_(std::move(prefix)), database_(std::move(database)), data_(options_.dir / (prefix_ + "data")) {
    SeededRandom random(1);
    for (std::size_t i = 0; i < different_bodies; ++i) {
      submissions_.push_back(
          request_text("POST", "/api/v1/cases", "", fmt::format(R"({{"body":"{}","language":"zh"}})", some_body(random))));
    }
    auto init = command("init");
    init.insert(init.end(), {"--pack", options_.source / "packs/petition-zh", "--jurisdiction", "bench", "--origin", "localhost",
                             "--demo-users"});
    if (Child::start(init, log_file()).wait() != 0) throw std::runtime_error("huiyin init failed; see " + log_file().string());
  }

  void start() {
    server_.emplace(start_server());
    cookie_ = cookie_of_dispatcher(port_, data_);
    while (cases_ < options_.least_cases) submit(nullptr);
  }
  void stop(Seen& seen) {
    seen[prefix_ + "resident"].push_back(server_->resident_mib());
    server_->stop();
  }

  void submit(Seen* seen) {
    const auto cpu_before = server_->cpu_seconds();
    const auto cases_before = cases_;
    const auto outcome = load("submissions", {submitting()}, options_.length).front();
    if (seen == nullptr) return;
    note(*seen, "submit", outcome);
    (*seen)[prefix_ + "submit cpu"].push_back((server_->cpu_seconds() - cpu_before) * 1e6 /
                                              static_cast<double>(std::max<std::uint64_t>(cases_ - cases_before, 1)));
  }
  void read(Seen& seen) {
    const auto cpu_before = server_->cpu_seconds();
    const auto outcome = load("reads", {reading()}, options_.length).front();
    note(seen, "read", outcome);
    seen[prefix_ + "read cpu"].push_back((server_->cpu_seconds() - cpu_before) * 1e6 /
                                         static_cast<double>(std::max<std::size_t>(outcome.answers, 1)));
  }
  void read_beside_submissions(Seen& seen) {
    auto beside = submitting();
    beside.connections = beside_connections;
    beside.per_second = submissions_beside_reads;
    const auto outcomes = load("reads beside submissions", {reading(), beside}, options_.length);
    note(seen, "read beside", outcomes.front());
    note(seen, "submit beside", outcomes.back());
  }
  void list(Seen& seen, const std::string& what, std::string_view target) {
    const auto request = request_text("GET", target, fmt::format("Cookie: {}\r\nAccept: */*\r\n", cookie_));
    int status = 0;
    ask_once(port_, request, [&](const Answer& answer) { status = answer.status; });
    if (status != 200) return wrong_.push_back(fmt::format("{}: status {}, not measured", what, status));
    note(seen, what, load(what, {{port_, 64, [&] { return std::string_view(request); }}}, options_.length).front());
  }
  // From starting the process to the last byte of its answer to a read of a case.
  void time_start(Seen& seen) {
    const auto began = Ticks::now();
    auto server = start_server();
    ask_once(port_, known_.front(), [&](const Answer& answer) {
      if (answer.status != 200) wrong_.push_back(fmt::format("first answer: status {}", answer.status));
    });
    seen[prefix_ + "start"].push_back(std::chrono::duration<double>(Ticks::now() - began).count());
    server.stop();
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

  [[nodiscard]] std::uint64_t cases() const { return cases_; }
  [[nodiscard]] fs::path database_file() const { return data_ / "huiyin.db"; }
  [[nodiscard]] const std::vector<std::string>& wrong() const { return wrong_; }

 private:
  [[nodiscard]] fs::path log_file() const { return options_.dir / (prefix_ + "bench.log"); }
  [[nodiscard]] std::vector<std::string> command(std::string_view verb) const {
    std::vector<std::string> words{options_.program, std::string(verb), "--data", data_};
    if (!database_.empty()) words.insert(words.end(), {"--database", database_});
    return words;
  }
  Child start_server() {
    auto serve = command("serve");
    serve.insert(serve.end(), {"--listen", "127.0.0.1:0"});
    auto server = Child::start(serve, options_.dir / (prefix_ + "server.log"));
    port_ = server.read_port();
    return server;
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
        wrong_.push_back(fmt::format("{}{}: {} wrong answers, the first: {}", prefix_, what, outcome.wrong, outcome.first_wrong));
    }
    return outcomes;
  }
  void note(Seen& seen, const std::string& what, const HttpLoad::Outcome& outcome) const {
    seen[prefix_ + what + " /s"].push_back(outcome.per_second);
    seen[prefix_ + what + " p50"].push_back(outcome.p50_ms);
    seen[prefix_ + what + " p99"].push_back(outcome.p99_ms);
  }

  const Options& options_;
  std::string prefix_, database_;
  fs::path data_;
  std::vector<std::string> submissions_, known_;
  std::size_t next_submission_ = 0, next_known_ = 0;
  std::uint16_t port_ = 0;
  std::uint64_t cases_ = 0;
  std::string cookie_;
  std::optional<Child> server_;
  std::vector<std::string> wrong_;
};

}  // namespace huiyin::bench
