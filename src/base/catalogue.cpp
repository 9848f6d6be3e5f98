#include "base/catalogue.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/assert.h"
#include "texts/table.h"

namespace huiyin {
namespace {

std::string_view pattern_of(Key key, Language language) {
  const auto found = std::lower_bound(texts::table.begin(), texts::table.end(), key.name,
                                      [](const texts::Row& row, std::string_view name) { return row.key < name; });
  HUIYIN_ASSERT(found != texts::table.end() && found->key == key.name);
  return language == Language::zh ? found->zh : found->en;
}

}  // namespace

std::string_view tag_of(Language language) noexcept { return language == Language::zh ? "zh-CN" : "en"; }
std::string_view slug_of(Language language) noexcept { return language == Language::zh ? "zh" : "en"; }

std::optional<Language> language_from_slug(std::string_view slug) noexcept {
  if (slug == "zh") return Language::zh;
  if (slug == "en") return Language::en;
  return std::nullopt;
}

Language language_from_header(std::string_view header, Language otherwise) {
  double best = 0;
  Language chosen = otherwise;
  while (!header.empty()) {
    const auto comma = header.find(',');
    auto part = header.substr(0, comma);
    header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
    while (part.starts_with(' ')) part.remove_prefix(1);
    double weight = 1;
    if (const auto q = part.find(";q="); q != std::string_view::npos)
      weight = std::strtod(std::string(part.substr(q + 3)).c_str(), nullptr);
    const auto language = language_from_slug(part.substr(0, 2));
    if (language && weight > best) {
      best = weight;
      chosen = *language;
    }
  }
  return chosen;
}

std::string say(const Message& message, Language language) {
  std::string out;
  auto rest = pattern_of(message.key, language);
  while (!rest.empty()) {
    const auto open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = rest.find('}', open);
    HUIYIN_ASSERT(close != std::string_view::npos);  // the build checks the catalogues
    const auto name = rest.substr(open + 1, close - open - 1);
    const auto argument = std::ranges::find(message.arguments, name, &Argument::name);
    if (argument == message.arguments.end()) out += "…";
    else out += argument->key.name.empty() ? std::string_view(argument->value) : pattern_of(argument->key, language);
    rest.remove_prefix(close + 1);
  }
  return out;
}

std::string say(Key key, Language language) { return say(Message{key}, language); }

}  // namespace huiyin
