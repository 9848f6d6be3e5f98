// A million lives of a case at random (tests/domain/case_lives.h), none of which may lead where no case may be: how fast decide
// and evolve are, and a longer search than a test has time for. HUIYIN_LIVES=N lives N; HUIYIN_SEED=N begins with that one.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "domain/case_lives.h"

namespace {

using namespace huiyin::cases;

constexpr int steps = 50;

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

// A skipped benchmark is a success to those who look at the exit code; this one is none.
[[noreturn]] void fail(std::uint64_t seed, const std::string& wrong) {
  std::fprintf(stderr, "HUIYIN_SEED=%llu: %s\n", static_cast<unsigned long long>(seed), wrong.c_str());
  std::exit(EXIT_FAILURE);
}

void live(benchmark::State& state) {
  const lives::Town town;
  const auto count = number_from("HUIYIN_LIVES", 1'000'000), first = number_from("HUIYIN_SEED", 1);
  std::uint64_t events = 0;
  for (auto _ : state) {
    for (auto seed = first; seed < first + count; ++seed) {
      lives::Life life(seed, town);
      if (const auto wrong = life.live(steps); !wrong.empty()) fail(seed, wrong);
      events += life.story().size();
    }
  }
  state.counters["lives"] = static_cast<double>(count);
  state.counters["lives_per_s"] = benchmark::Counter(static_cast<double>(count), benchmark::Counter::kIsRate);
  state.counters["events_per_life"] = static_cast<double>(events) / static_cast<double>(count);
}
BENCHMARK(live)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
