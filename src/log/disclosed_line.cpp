#include "log/disclosed_line.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/base64url.h"
#include "base/bytes.h"
#include "base/json.h"
#include "log/disclosure.h"
#include "log/entry.h"
#include "log/line.h"

namespace huiyin::log {
namespace {

bool take(std::string_view& rest, std::string_view letters) {
  if (!rest.starts_with(letters)) return false;
  rest.remove_prefix(letters.size());
  return true;
}

// A line as disclosed_line() writes it, read by its letters; nothing for any other, which the JSON reader may still take.
std::optional<DisclosedLine> read_plain(std::string_view line) {
  if (!take(line, R"({"index":)")) return std::nullopt;
  const auto comma = line.find(',');
  const auto index = comma == std::string_view::npos ? std::nullopt : parse_number(line.substr(0, comma));
  if (!index || *index > INT64_MAX) return std::nullopt;
  line.remove_prefix(comma);
  if (!take(line, R"(,"disclosures":[)")) return std::nullopt;
  DisclosedLine read{*index, {}};
  while (line != "]}") {
    if (read.texts.size() == fine_facts_max || (!read.texts.empty() && !take(line, ",")) || !take(line, "\""))
      return std::nullopt;
    const auto end = line.find('"');
    if (end == std::string_view::npos) return std::nullopt;
    std::string text(end * 3 / 4, '\0');
    if (!read_base64url(line.substr(0, end), {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}) || !is_disclosure(text))
      return std::nullopt;
    read.texts.push_back(std::move(text));
    line.remove_prefix(end + 1);
  }
  return read;
}

}  // namespace

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
  if (auto plain = read_plain(line)) return plain;
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
