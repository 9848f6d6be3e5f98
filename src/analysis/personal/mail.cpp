// Addresses of mail (RFC 5321 limits): local part, @, a host name with a dot.
#include "analysis/personal/page.h"

namespace huiyin::personal {
namespace {

constexpr std::size_t local_letters_max = 64;
constexpr std::size_t host_letters_max = 255;

bool in_local(char32_t c) noexcept {
  constexpr std::u32string_view signs = U"._%+-'!#$&*/=?^`{|}~";
  return is_latin(c) || is_digit(c) || signs.find(c) != std::u32string_view::npos;
}

bool in_host(char32_t c) noexcept { return is_latin(c) || is_digit(c) || c == U'-'; }

// The end of a host name that begins there, with at least one dot and a last part of two letters or more; or `begin`.
std::size_t host_end(const Letters& letters, std::size_t begin) noexcept {
  std::size_t end = begin;
  std::size_t part = begin;
  for (auto i = begin; i <= letters.size() && i - begin <= host_letters_max; ++i) {
    if (in_host(letters[i])) continue;
    if (i - part >= 2 && part > begin && is_latin(letters[part])) end = i;
    if (letters[i] != U'.' || i == part) break;
    part = i + 1;
  }
  return end;
}

}  // namespace

void find_mail(Page& page) {
  const auto& letters = page.letters();
  for (std::size_t at = 0; at < letters.size(); ++at) {
    if (letters[at] != U'@') continue;
    auto begin = at;
    while (begin > 0 && at - begin < local_letters_max && in_local(letters[begin - 1])) --begin;
    auto host = at + 1;
    const auto end = host_end(letters, host);
    if (begin == at || end == host) continue;
    page.found(Kind::email, begin, end, Why::shape);
  }
}

}  // namespace huiyin::personal
