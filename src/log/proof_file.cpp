#include "log/proof_file.h"

#include <fmt/format.h>

#include "base/assert.h"
#include "log/line.h"
#include "log/note.h"

namespace huiyin::log {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view index_mark = "index ";

}  // namespace

std::string to_text(const ProofFile& proof) {
  HUIYIN_ASSERT(proof.hashes.size() <= proof_hashes_max);
  auto text = fmt::format("{}\n{}{}\n", first_line, index_mark, proof.index);
  for (const auto& hash : proof.hashes) text += to_base64(hash) + "\n";
  return text + "\n" + proof.checkpoint;
}

std::optional<ProofFile> parse_proof_file(std::string_view text) {
  if (take_line(text) != first_line) return std::nullopt;
  const auto index_line = take_line(text);
  if (!index_line || !index_line->starts_with(index_mark)) return std::nullopt;
  const auto index = parse_number(index_line->substr(index_mark.size()));
  if (!index) return std::nullopt;
  ProofFile proof{*index, {}, {}};
  for (auto line = take_line(text); line != ""; line = take_line(text)) {
    const auto hash = line ? parse_hash(*line) : std::nullopt;
    if (!hash || proof.hashes.size() == proof_hashes_max) return std::nullopt;
    proof.hashes.push_back(*hash);
  }
  if (!parse_note(text)) return std::nullopt;
  proof.checkpoint = text;
  return proof;
}

}  // namespace huiyin::log
