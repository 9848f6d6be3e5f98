// Receipts that strangers send: what is read is written and read again as the same, and none proves anything to a reader whose
// key did not sign it.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "log/receipt_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto receipt = log::parse_receipt(text);
  if (!receipt.ok()) return 0;
  const auto again = log::parse_receipt(log::to_text(*receipt));
  HUIYIN_ASSERT(again.ok() && *again == *receipt);
  const auto check = log::check_receipt(*receipt, {});
  HUIYIN_ASSERT(!check.proved() && !check.findings.empty());
  HUIYIN_ASSERT(check.disclosed.size() <= receipt->disclosures.size());
  static const log::NoteSigner ours("log.example/fuzz", crypto::SigningKey(std::array<std::uint8_t, 32>{1}));
  static const log::Trusted trusted{{*log::NoteVerifier::parse(ours.vkey())}, {}};
  HUIYIN_ASSERT(!log::check_receipt(*receipt, trusted).proved());
  return 0;
}
