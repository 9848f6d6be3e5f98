// What strangers send to a witness: a body that is read is written back byte for byte, and no head is cosigned that the log's own
// key did not sign.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "log/witness.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto policy = log::parse_witness_policy(text);
  HUIYIN_ASSERT(policy.logs.empty() || policy.find(policy.logs.front().origin) == &policy.logs.front());
  const auto request = log::parse_add_checkpoint(text);
  if (!request) return 0;
  HUIYIN_ASSERT(log::to_text(*request) == text);
  const auto origin = log::origin_of(*request);
  if (!origin) {
    HUIYIN_ASSERT(log::decide(*request, nullptr, {}).answer == log::WitnessAnswer::malformed);
    return 0;
  }
  if (!log::is_key_name(*origin)) return 0;
  const log::NoteSigner ours(*origin, crypto::SigningKey(std::array<std::uint8_t, 32>{1}));
  const log::WitnessedLog known{*origin, {*log::NoteVerifier::parse(ours.vkey())}};
  HUIYIN_ASSERT(log::decide(*request, &known, {}).answer == log::WitnessAnswer::untrusted);
  HUIYIN_ASSERT(log::decide(*request, nullptr, {}).answer == log::WitnessAnswer::unknown_log);
  return 0;
}
