// Similar cases among many: how long one query takes (p50, p99), how fast cases are added, what memory it holds. The cases are
// made by varying real messages of the data folder (--data DIR, or HUIYIN_DATA_FOLDER), from a stated seed; nothing of them is
// kept. HUIYIN_SIMILAR_CASES says how many (1,000,000 unless said). Prints one line of JSON.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>

#include "analysis/similar.h"
#include "base/json.h"

namespace {

using huiyin::analysis::SimilarCase;
using std::chrono::steady_clock;

constexpr unsigned seed = 20261201;
constexpr std::size_t queries = 3'000;

double ms_since(steady_clock::time_point began) {
  return std::chrono::duration<double, std::milli>(steady_clock::now() - began).count();
}

std::vector<std::string> read_bodies(const std::string& folder) {
  std::vector<std::string> bodies;
  for (const auto* name : {"hot-topics.jsonl", "messages.jsonl", "answers.jsonl"}) {
    std::ifstream file(folder + "/" + name);
    std::string line;
    while (std::getline(file, line)) {
      const auto value = huiyin::parse_json(line);
      if (value.ok()) bodies.emplace_back(value->at("body").as_string());
    }
  }
  return bodies;
}

// Clauses of a message, some of them left out, with some of another message and a place of its own.
std::string vary(const std::vector<std::string>& bodies, std::mt19937& random) {
  static constexpr std::string_view comma = "，";
  const auto& one = bodies[random() % bodies.size()];
  const auto& other = bodies[random() % bodies.size()];
  std::string made = fmt::format("{}号院{}路", random() % 20'000, random() % 3'000);
  const auto take = [&](const std::string& body, unsigned of_ten) {
    for (std::size_t at = 0; at < body.size();) {
      const auto end = std::min(body.find(comma, at), body.size());
      if (random() % 10 < of_ten) made += body.substr(at, end - at).append(comma);
      at = end + comma.size();
    }
  };
  take(one, 7);
  take(other, 3);
  return made;
}

std::size_t resident_mib() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with("VmRSS:")) return static_cast<std::size_t>(std::atoll(line.c_str() + 6)) / 1024;
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const char* named = std::getenv("HUIYIN_DATA_FOLDER");
  std::string folder = named != nullptr ? named : "../shared/data";
  for (int at = 1; at + 1 < count; ++at) {
    if (std::string_view(words[at]) == "--data") folder = words[at + 1];
  }
  const auto bodies = read_bodies(folder);
  if (bodies.empty()) {
    std::cout << "similar: no messages in " << folder << ", skipped\n";
    return 0;
  }
  const char* many = std::getenv("HUIYIN_SIMILAR_CASES");
  const std::size_t cases = many != nullptr ? std::strtoull(many, nullptr, 10) : 1'000'000;
  std::mt19937 random(seed);
  huiyin::analysis::SimilarIndex index;
  double adding_ms = 0;
  for (std::size_t at = 0; at < cases; ++at) {
    const SimilarCase made{.id = fmt::format("c{}", at), .body = vary(bodies, random)};
    const auto began = steady_clock::now();
    index.add(made);
    adding_ms += ms_since(began);
  }
  std::vector<double> times;
  std::size_t found = 0;
  for (std::size_t at = 0; at < queries; ++at) {
    const SimilarCase query{.id = "q", .body = vary(bodies, random)};
    const auto began = steady_clock::now();
    found += index.find(query, 5).empty() ? 0U : 1U;
    times.push_back(ms_since(began));
  }
  std::sort(times.begin(), times.end());
  std::cout << fmt::format(
      R"({{"bench": "similar", "cases": {}, "added_per_s": {:.0f}, "resident_mib": {}, "queries": {}, "answered": {}, "p50_ms": {:.2f}, "p99_ms": {:.2f}}})"
      "\n",
      cases, static_cast<double>(cases) / adding_ms * 1000, resident_mib(), queries, found, times[times.size() / 2],
      times[times.size() * 99 / 100]);
  return 0;
}
