#include "base/id.h"

namespace huiyin {
namespace {

constexpr std::string_view symbols = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr int base = 31;
static_assert(symbols.size() == base);
constexpr std::size_t reference_symbols = 9;
constexpr std::size_t secret_symbols = 16;
constexpr std::int32_t first_day_number = 18'262;  // 2020-01-01: 31^3 days from then last until 2101

int value_of(char symbol) {
  const auto at = symbols.find(symbol);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

char symbol_of(int value) { return symbols[static_cast<std::size_t>(value)]; }

char check_symbol(std::string_view eight) {
  int sum = 0;
  for (std::size_t i = 0; i < eight.size(); ++i) sum += static_cast<int>(i + 2) * value_of(eight[i]);
  return symbol_of((base - sum % base) % base);
}

std::string random_symbols(std::size_t count, Random& random) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += symbol_of(static_cast<int>(random.below(base)));
  return text;
}

// Upper case, without spaces and dashes; nothing when another letter or the length is wrong.
std::optional<std::string> normalise(std::string_view text, std::size_t length) {
  std::string kept;
  for (char c : text) {
    if (c == ' ' || c == '-') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (value_of(c) < 0 || kept.size() == length) return std::nullopt;
    kept += c;
  }
  return kept.size() == length ? std::optional(kept) : std::nullopt;
}

std::string grouped(std::string_view text, std::size_t group) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % group == 0) out += '-';
    out += text[i];
  }
  return out;
}

}  // namespace

bool is_code(std::string_view text) noexcept {
  if (text.empty() || text.size() > code_length_max) return false;
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (!plain(text.front())) return false;
  for (const char c : text) {
    if (!plain(c) && c != '-' && c != '.' && c != '_') return false;
  }
  return true;
}

CaseReference CaseReference::make(std::int32_t day_number, Random& random) {
  const int day = (day_number - first_day_number % (base * base * base) + base * base * base) % (base * base * base);
  std::string text{symbol_of(day / (base * base)), symbol_of(day / base % base), symbol_of(day % base)};
  text += random_symbols(reference_symbols - 4, random);
  text += check_symbol(text);
  return CaseReference(text);
}

std::optional<CaseReference> CaseReference::parse(std::string_view text) {
  auto kept = normalise(text, reference_symbols);
  if (!kept || check_symbol(std::string_view(*kept).substr(0, reference_symbols - 1)) != kept->back()) return std::nullopt;
  return CaseReference(*std::move(kept));
}

std::string CaseReference::text() const { return grouped(symbols_, 3); }

std::string make_case_secret(Random& random) { return grouped(random_symbols(secret_symbols, random), 4); }

std::optional<std::string> normalise_case_secret(std::string_view text) { return normalise(text, secret_symbols); }

}  // namespace huiyin
