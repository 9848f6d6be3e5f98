#include "log/bundle.h"

#include "base/assert.h"
#include "texts/keys.h"

namespace huiyin::log {
namespace {

constexpr std::size_t length_bytes = 2;

Error cut(std::size_t entry, std::size_t expected, std::size_t got) {
  return {Code::invalid,
          {key::log_bundle_cut,
           {{"entry", std::to_string(entry)}, {"expected", std::to_string(expected)}, {"got", std::to_string(got)}}}};
}

}  // namespace

Bytes write_bundle(std::span<const std::string> entries) {
  HUIYIN_ASSERT(entries.size() <= bundle_entries_max);
  Bytes bytes;
  for (const auto& entry : entries) {
    HUIYIN_ASSERT(entry.size() <= bundle_entry_bytes_max);
    bytes.push_back(static_cast<std::uint8_t>(entry.size() >> 8U));
    bytes.push_back(static_cast<std::uint8_t>(entry.size() & 0xFFU));
    bytes.insert(bytes.end(), entry.begin(), entry.end());
  }
  return bytes;
}

Result<std::vector<std::string_view>> parse_bundle(ByteView bytes) {
  if (bytes.empty()) return Error{Code::invalid, {key::log_bundle_empty}};
  std::vector<std::string_view> entries;
  while (!bytes.empty()) {
    if (entries.size() == bundle_entries_max)
      return Error{Code::invalid, {key::log_bundle_too_many, {{"max", std::to_string(bundle_entries_max)}}}};
    if (bytes.size() < length_bytes) return cut(entries.size(), length_bytes, bytes.size());
    const auto length = static_cast<std::size_t>(bytes[0]) << 8U | bytes[1];
    bytes = bytes.subspan(length_bytes);
    if (bytes.size() < length) return cut(entries.size(), length, bytes.size());
    entries.push_back(as_text(bytes.first(length)));
    bytes = bytes.subspan(length);
  }
  return entries;
}

}  // namespace huiyin::log
