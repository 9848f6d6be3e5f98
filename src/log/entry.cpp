#include "log/entry.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.h"
#include "base/base64url.h"
#include "base/id.h"
#include "base/time.h"
#include "log/line.h"
#include "log/log_name.h"

namespace huiyin::log {
namespace {

constexpr std::size_t kind_length_max = 64;
constexpr std::size_t fine_facts_usual = 12;  // room for as many is made at once

bool is_kind(std::string_view text) {
  return !text.empty() && text.size() <= kind_length_max && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
  });
}

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", text); }
std::string quoted(ByteView bytes) { return quoted(to_base64url(bytes)); }

template <class T>
std::string quoted_or_null(const std::optional<T>& value) {
  return value ? quoted(*value) : "null";
}

std::string listed(std::span<const Hash> hashes) {
  std::string text = "[";
  for (const auto& hash : hashes) {
    if (text.size() > 1) text += ',';
    text += quoted(hash);
  }
  return text + "]";
}

// Takes known letters and strings off the front. After the first fault everything fails.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool take(std::string_view letters) {
    if (!rest_.starts_with(letters)) return false;
    rest_.remove_prefix(letters.size());
    return true;
  }
  void expect(std::string_view letters) {
    if (!take(letters)) fail();
  }
  std::string_view until(std::string_view letters) {
    const auto end = rest_.find_first_of(letters);
    if (end == std::string_view::npos) return fail();
    const auto taken = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return taken;
  }
  std::string string() {
    expect("\"");
    const auto text = until("\"");
    expect("\"");
    return std::string(text);
  }
  template <std::size_t Size>
  std::array<std::uint8_t, Size> bytes() {
    constexpr std::size_t letters = (Size * 4 + 2) / 3;
    std::array<std::uint8_t, Size> out{};
    const bool read = rest_.size() >= letters + 2 && rest_.front() == '"' && rest_[letters + 1] == '"' &&
                      read_base64url(rest_.substr(1, letters), out);
    if (read) rest_.remove_prefix(letters + 2);
    else fail();
    return out;
  }
  Hash hash() { return bytes<sizeof(Hash)>(); }
  [[nodiscard]] bool done() const { return !failed_ && rest_.empty(); }
  std::string_view fail() {
    failed_ = true;
    return rest_ = {};
  }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

// All but that no two digests are alike.
bool is_sound(const Entry& entry) {
  if (!is_kind(entry.kind) || !is_code(entry.role) || !day_from_iso(entry.day)) return false;
  if ((entry.area && !is_code(*entry.area)) || (entry.unit && !is_code(*entry.unit))) return false;
  if (entry.n < 1 || entry.n > entry_number_max || entry.prev.has_value() == (entry.n == 1)) return false;
  return entry.fine.size() <= fine_facts_max;
}

}  // namespace

bool is_valid(const Entry& entry) {
  auto fine = entry.fine;
  std::ranges::sort(fine);
  // RFC 9901 section 7.1: a digest that comes twice is refused.
  return is_sound(entry) && std::ranges::adjacent_find(fine) == fine.end();
}

std::string canonical(const Entry& entry) {
  HUIYIN_ASSERT(is_valid(entry));
  auto fine = entry.fine;
  std::ranges::sort(fine);
  auto text = fmt::format(
      R"({{"area":{},"day":{},"fine":{},"kind":{},"n":{},"pack":{},"prev":{},"rec":{},"role":{},"sd":{},"unit":{},"v":1}})",
      quoted_or_null(entry.area), quoted(entry.day), listed(fine), quoted(entry.kind), entry.n, quoted(entry.pack),
      quoted_or_null(entry.prev), quoted(entry.rec), quoted(entry.role), listed(entry.sd), quoted_or_null(entry.unit));
  HUIYIN_ASSERT(text.size() <= entry_bytes_max);
  return text;
}

std::string canonical(const SealedEntry& entry) {
  auto fine = entry.fine;
  std::ranges::sort(fine);
  HUIYIN_ASSERT(day_from_iso(entry.day) && std::ranges::adjacent_find(fine) == fine.end());
  return fmt::format(R"({{"day":{},"fine":{},"kind":"sealed","sd":{},"v":1}})", quoted(entry.day), listed(fine),
                     listed(entry.sd));
}

// What each of these takes has one spelling only: known letters, digests in their order, codes, a day, a number without leading
// zeros. So it is what canonical() writes, and need not be written again to be sure (fuzz/entry_fuzz.cpp does).
std::optional<SealedEntry> parse_sealed_entry(std::string_view text) {
  if (text.size() > entry_bytes_max) return std::nullopt;
  Scanner in(text);
  SealedEntry entry;
  in.expect("{\"day\":");
  entry.day = in.string();
  bool in_order = true;
  for (std::size_t i = 0; i < entry.fine.size(); ++i) {
    in.expect(i == 0 ? ",\"fine\":[" : ",");
    entry.fine[i] = in.hash();
    in_order = in_order && (i == 0 || entry.fine[i - 1] < entry.fine[i]);
  }
  in.expect("],\"kind\":\"sealed\"");
  for (std::size_t i = 0; i < entry.sd.size(); ++i) {
    in.expect(i == 0 ? ",\"sd\":[" : ",");
    entry.sd[i] = in.hash();
  }
  in.expect("],\"v\":1}");
  if (!in.done() || !in_order || !day_from_iso(entry.day)) return std::nullopt;
  return entry;
}

std::optional<Entry> parse_entry(std::string_view text) {
  if (text.size() > entry_bytes_max) return std::nullopt;
  Scanner in(text);
  Entry entry;
  in.expect("{\"area\":");
  if (!in.take("null")) entry.area = in.string();
  in.expect(",\"day\":");
  entry.day = in.string();
  in.expect(",\"fine\":[");
  bool in_order = true;
  if (!in.take("]")) {
    entry.fine.reserve(fine_facts_usual);
    do {
      entry.fine.push_back(in.hash());
      in_order = in_order && (entry.fine.size() == 1 || entry.fine[entry.fine.size() - 2] < entry.fine.back());
    } while (in.take(","));
    in.expect("]");
  }
  in.expect(",\"kind\":");
  entry.kind = in.string();
  in.expect(",\"n\":");
  entry.n = parse_number(in.until(",")).value_or(0);
  in.expect(",\"pack\":");
  entry.pack = in.hash();
  in.expect(",\"prev\":");
  if (!in.take("null")) entry.prev = in.hash();
  in.expect(",\"rec\":");
  entry.rec = in.bytes<sizeof(Entry::rec)>();
  in.expect(",\"role\":");
  entry.role = in.string();
  for (std::size_t i = 0; i < entry.sd.size(); ++i) {
    in.expect(i == 0 ? ",\"sd\":[" : ",");
    entry.sd[i] = in.hash();
  }
  in.expect("],\"unit\":");
  if (!in.take("null")) entry.unit = in.string();
  in.expect(",\"v\":1}");
  if (!in.done() || !in_order || !is_sound(entry)) return std::nullopt;
  return entry;
}

std::string_view name_of(SuccessionReason reason) noexcept {
  switch (reason) {
    case SuccessionReason::restored: return "restored";
    case SuccessionReason::key_rotation: return "key-rotation";
  }
  return "";
}

std::optional<SuccessionReason> succession_reason_from(std::string_view name) noexcept {
  for (const auto reason : {SuccessionReason::restored, SuccessionReason::key_rotation}) {
    if (name_of(reason) == name) return reason;
  }
  return std::nullopt;
}

bool is_valid(const SuccessionEntry& entry) {
  if (!day_from_iso(entry.day) || !is_origin(entry.origin)) return false;
  if (entry.size > entry_number_max || entry.kept > entry.size) return false;
  return entry.reason == SuccessionReason::restored || entry.kept == entry.size;
}

std::string canonical(const SuccessionEntry& entry) {
  HUIYIN_ASSERT(is_valid(entry));
  return fmt::format(R"({{"day":{},"kept":{},"kind":"log.succeeded","origin":{},"reason":{},"root":{},"size":{},"v":1}})",
                     quoted(entry.day), entry.kept, quoted(entry.origin), quoted(name_of(entry.reason)), quoted(entry.root),
                     entry.size);
}

std::optional<SuccessionEntry> parse_succession_entry(std::string_view text) {
  if (text.size() > entry_bytes_max) return std::nullopt;
  Scanner in(text);
  SuccessionEntry entry;
  in.expect("{\"day\":");
  entry.day = in.string();
  in.expect(",\"kept\":");
  const auto kept = parse_number(in.until(","));
  in.expect(",\"kind\":\"log.succeeded\",\"origin\":");
  entry.origin = in.string();
  in.expect(",\"reason\":");
  const auto reason = succession_reason_from(in.string());
  in.expect(",\"root\":");
  entry.root = in.hash();
  in.expect(",\"size\":");
  const auto size = parse_number(in.until(","));
  in.expect(",\"v\":1}");
  if (!in.done() || !kept || !reason || !size) return std::nullopt;
  entry.kept = *kept;
  entry.reason = *reason;
  entry.size = *size;
  return is_valid(entry) ? std::optional(std::move(entry)) : std::nullopt;
}

std::optional<AnyEntry> parse_any_entry(std::string_view text) {
  if (auto open = parse_entry(text)) return AnyEntry(*std::move(open));
  if (auto sealed = parse_sealed_entry(text)) return AnyEntry(*std::move(sealed));
  if (auto succession = parse_succession_entry(text)) return AnyEntry(*std::move(succession));
  return std::nullopt;
}

}  // namespace huiyin::log
