#include "log/disclosed_line.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/bytes.h"
#include "base/json.h"
#include "log/disclosure.h"
#include "log/entry.h"

namespace huiyin::log {

std::string disclosed_line(std::uint64_t index, std::span<const std::string> texts) {
  auto line = fmt::format(R"({{"index":{},"disclosures":[)", index);
  for (const auto& text : texts) {
    if (&text != texts.data()) line += ',';
    line += '"' + to_base64url(as_bytes(text)) + '"';
  }
  return line + "]}\n";
}

std::optional<DisclosedLine> parse_disclosed_line(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  const auto value = parse_json(line);
  const auto* object = value.ok() ? value->if_object() : nullptr;
  if (object == nullptr || object->size() != 2) return std::nullopt;
  const auto* index = object->if_contains("index");
  const auto* list = object->if_contains("disclosures");
  if (index == nullptr || !index->is_int64() || index->get_int64() < 0 || list == nullptr || !list->is_array())
    return std::nullopt;
  DisclosedLine read{static_cast<std::uint64_t>(index->get_int64()), {}};
  if (list->get_array().size() > fine_facts_max) return std::nullopt;
  for (const auto& one : list->get_array()) {
    const auto bytes = one.is_string() ? from_base64url(std::string_view(one.get_string())) : std::nullopt;
    if (!bytes || !read_disclosure(as_text(*bytes))) return std::nullopt;
    read.texts.emplace_back(as_text(*bytes));
  }
  return read;
}

}  // namespace huiyin::log
