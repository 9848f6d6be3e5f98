// A small log with its receipts, the same every time: docs/formats/example.huiyin-receipt is one of them.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "log/checkpoint.h"
#include "log/disclosure.h"
#include "log/entry.h"
#include "log/receipt.h"
#include "tiles_in_memory.h"

namespace huiyin::log {

inline crypto::SigningKey sample_key(std::uint64_t seed) { return crypto::SigningKey(SeededRandom(seed).bytes<32>()); }

// 2026-03-01T00:00:00Z, the day of the sample's entry.
inline constexpr std::uint64_t sample_time = 1'772'323'200;

struct SampleLog {
  static constexpr std::size_t size = 700;
  static constexpr std::uint64_t index = 411;

  NoteSigner signer{"log.example/town/log1", sample_key(1)};
  Cosigner witness{"witness.example/reader", sample_key(2)};
  std::vector<Disclosure> disclosures;
  std::string entry;
  Tree tree;
  TilesInMemory tiles;

  SampleLog() {
    SeededRandom random(3);
    const auto add = [&](std::string_view name, std::string_view value) {
      disclosures.push_back(disclose(random.bytes<salt_bytes>(), name, value));
      return disclosures.back().digest();
    };
    Entry made;
    made.kind = "case.submitted";
    made.day = "2026-03-01";
    made.role = "requester";
    made.rec = random.bytes<16>();
    made.pack = crypto::sha256("pack");
    made.fine = {add("t", "\"2026-03-01T08:30:00.000Z\""), add("at", "\"2026-03-01T08:30:00.000Z\"")};
    made.sd = {add("words", R"({"body":"晚上停水 No water in the evening."})"), random.bytes<32>(), random.bytes<32>(),
               random.bytes<32>()};
    entry = canonical(made);
    for (std::size_t i = 0; i < size; ++i) tree.append(i == index ? leaf_hash(as_bytes(entry)) : plain_leaf(i));
    tiles.store(tree);
  }

  [[nodiscard]] std::string head() const { return checkpoint_text({signer.name(), tree.size(), tree.root()}); }
  [[nodiscard]] Note signed_head() const { return {head(), {signer.signature(head())}}; }
  [[nodiscard]] Note witnessed_head(std::uint64_t time = sample_time + 40'000) const {
    return {head(), {signer.signature(head()), witness.cosign(head(), time)}};
  }
  [[nodiscard]] Receipt receipt_under(const Note& note) {
    Receipt receipt{entry, {}, {index, inclusion_proof(index, tree.size(), tiles), to_text(note)}, signer.vkey(), false};
    for (const auto& disclosure : disclosures) receipt.disclosures.push_back(disclosure.encoded());
    return receipt;
  }
};

}  // namespace huiyin::log
