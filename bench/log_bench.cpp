// The log in memory: appending against bare SHA-256 of as many bytes in as many hashes, and proofs in a large tree.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>

#include <bit>
#include <chrono>
#include <map>
#include <memory>

#include "base/assert.h"
#include "base/random.h"
#include "log/entry.h"
#include "log/tree.h"

namespace {

using namespace huiyin;
using std::chrono::steady_clock;

constexpr std::uint64_t batch = 256;  // as the committer has it

std::vector<std::string> some_entries() {
  SeededRandom random(1);
  std::vector<std::string> texts;
  for (std::uint64_t i = 0; i < batch; ++i) {
    log::Entry entry;
    entry.kind = "case.submitted";
    entry.day = "2026-03-01";
    entry.area = "water";
    entry.role = "requester";
    entry.rec = random.bytes<16>();
    for (int facts = 0; facts < 6; ++facts) entry.fine.push_back(random.bytes<32>());
    for (auto& digest : entry.sd) digest = random.bytes<32>();
    texts.push_back(canonical(entry));
  }
  return texts;
}

// Bare hashing as OpenSSL's own speed program does it: the algorithm looked up once, one buffer.
class Bare {
 public:
  void hash(std::size_t bytes, std::uint64_t count) {
    for (; count > 0; --count) {
      HUIYIN_ASSERT(EVP_Digest(buffer_.data(), bytes, buffer_.data(), nullptr, algorithm_.get(), nullptr) == 1);
    }
  }

 private:
  struct Free {
    void operator()(EVP_MD* algorithm) const noexcept { EVP_MD_free(algorithm); }
  };
  std::unique_ptr<EVP_MD, Free> algorithm_{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
  std::array<std::uint8_t, 4096> buffer_{};
};

// Leaf hashes, tiles, and a root for each batch. Both ways take turns batch by batch, so that what else the machine does
// weighs on both alike.
void append_a_million(benchmark::State& state) {
  constexpr std::uint64_t leaves = 1'000'000 / batch * batch;
  const auto entries = some_entries();
  Bare bare;
  std::chrono::duration<double> ours{};
  std::chrono::duration<double> theirs{};
  for (auto _ : state) {
    log::Tree tree;
    std::chrono::duration<double> round{};
    while (tree.size() < leaves) {
      const auto nodes =
          static_cast<std::uint64_t>(std::popcount(tree.size())) + batch - 1;  // joined in appending, then in the root
      const auto began = steady_clock::now();
      for (const auto& entry : entries) tree.append(log::leaf_hash(as_bytes(entry)));
      benchmark::DoNotOptimize(tree.root());
      benchmark::DoNotOptimize(tree.take_changes());
      const auto between = steady_clock::now();
      bare.hash(1 + entries.front().size(), batch);
      bare.hash(1 + 2 * sizeof(log::Hash), nodes);
      round += between - began;
      theirs += steady_clock::now() - between;
    }
    ours += round;
    state.SetIterationTime(round.count());
  }
  state.counters["of_bare_sha256"] = theirs / ours;
  state.counters["leaves_per_s"] = static_cast<double>(leaves) * static_cast<double>(state.iterations()) / ours.count();
}
BENCHMARK(append_a_million)->UseManualTime()->Unit(benchmark::kMillisecond);

class Tiles final : public log::TileSource {
 public:
  void store(log::Tree& tree) {
    for (auto& change : tree.take_changes()) tiles_[change.id] = std::move(change.hashes);
  }
  Bytes tile(log::TileId id, unsigned width) override {
    const auto& hashes = tiles_.at(id);
    return {hashes.begin(), hashes.begin() + static_cast<std::ptrdiff_t>(width * sizeof(log::Hash))};
  }

 private:
  std::map<log::TileId, Bytes> tiles_;
};

constexpr std::int64_t largest = 10'000'000;

// The tiles of the largest tree hold those of every smaller one.
Tiles& largest_tree() {
  static const auto made = [] {
    auto tiles = std::make_unique<Tiles>();
    log::Tree tree;
    log::Hash leaf{};
    while (tree.size() < largest) {
      for (std::size_t i = 0; i < sizeof(std::uint64_t); ++i) leaf[i] = static_cast<std::uint8_t>(tree.size() >> (8 * i));
      tree.append(leaf);
      if (tree.size() % (1U << 16U) == 0) tiles->store(tree);
    }
    tiles->store(tree);
    return tiles;
  }();
  return *made;
}

// Any one entry, tiles in memory: goal under 100 microseconds at ten million.
void prove_one(benchmark::State& state) {
  auto& tiles = largest_tree();
  SeededRandom random(1);
  const auto size = static_cast<std::uint32_t>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(log::inclusion_proof(random.below(size), size, tiles));
}
BENCHMARK(prove_one)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Arg(largest)->Unit(benchmark::kMicrosecond);

// The newest entries, as the committer proves them.
void prove_a_batch(benchmark::State& state) {
  auto& tiles = largest_tree();
  const auto size = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    log::Prover prover(size, tiles);
    for (auto index = size - batch; index < size; ++index) benchmark::DoNotOptimize(prover.inclusion(index));
  }
  state.counters["proofs_per_s"] =
      benchmark::Counter(static_cast<double>(batch) * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(prove_a_batch)->Arg(10'000)->Arg(largest)->Unit(benchmark::kMicrosecond);

void verify_one(benchmark::State& state) {
  auto& tiles = largest_tree();
  const auto size = static_cast<std::uint64_t>(state.range(0));
  const auto index = size / 3;
  const auto proof = log::inclusion_proof(index, size, tiles);
  const auto root = log::root_of(size, tiles);
  log::Hash leaf{};
  for (std::size_t i = 0; i < sizeof index; ++i) leaf[i] = static_cast<std::uint8_t>(index >> (8 * i));
  for (auto _ : state) HUIYIN_ASSERT(log::verify_inclusion(leaf, index, size, proof, root));
}
BENCHMARK(verify_one)->Arg(largest)->Unit(benchmark::kMicrosecond);

}  // namespace
