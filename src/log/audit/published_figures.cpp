#include "log/audit/published_figures.h"

#include <boost/json.hpp>
#include <map>
#include <set>

#include "base/json.h"
#include "base/text.h"

namespace huiyin::log {
namespace {

namespace json = boost::json;

constexpr std::string_view absent = "-";

// "2026-03 roads": what tells one row of a list from another.
std::string place_of(const json::object& row) {
  const auto text = [&](std::string_view name) {
    const auto* value = row.if_contains(name);
    if (value == nullptr) return std::string();
    return value->is_string() ? shortened(std::string_view(value->get_string())) : shown(*value);
  };
  return row.contains("unit") ? text("month") + " " + text("unit") : text("month");
}

// Every figure by where it stands: "2026-03 roads answered".
std::map<std::string, std::string> figures_by_name(const json::object& file) {
  std::map<std::string, std::string> all;
  for (const auto& member : file) {
    const auto* rows = member.value().if_array();
    if (rows == nullptr) {
      all[std::string(member.key())] = shown(member.value());
      continue;
    }
    for (const auto& row : *rows) {
      if (!row.is_object()) continue;
      const auto place = std::string(member.key()) + " " + place_of(row.get_object());
      for (const auto& figure : row.get_object())
        all[place + " " + shortened(std::string_view(figure.key()))] = shown(figure.value());
    }
  }
  return all;
}

}  // namespace

std::optional<std::uint64_t> figures_size(std::string_view text) {
  const auto value = parse_json(text);
  const auto* object = value.ok() ? value->if_object() : nullptr;
  const auto* size = object == nullptr ? nullptr : object->if_contains("size");
  if (size == nullptr || !size->is_int64() || size->get_int64() < 0) return std::nullopt;
  return static_cast<std::uint64_t>(size->get_int64());
}

void compare_figures(std::string_view published, const Figures& figures, std::string_view origin, AuditFindings& findings) {
  const auto expected = figures_json(figures, origin);
  if (published == expected) return;
  const auto found = parse_json(published);
  if (!found.ok() || !found->is_object()) {
    findings.add({AuditFault::figures_malformed, std::string(figures_file), {}, {}, "JSON", shortened(published)});
    return;
  }
  const auto ours = figures_by_name(parse_json(expected).value().get_object());
  const auto theirs = figures_by_name(found->get_object());
  std::set<std::string> names;
  for (const auto& [name, value] : ours) names.insert(name);
  for (const auto& [name, value] : theirs) names.insert(name);
  const auto value_in = [](const std::map<std::string, std::string>& all, const std::string& name) {
    const auto at = all.find(name);
    return at == all.end() ? std::string(absent) : at->second;
  };
  bool same = true;
  for (const auto& name : names) {
    const auto expected_value = value_in(ours, name), found_value = value_in(theirs, name);
    if (expected_value == found_value) continue;
    same = false;
    findings.add({AuditFault::figure_differs, std::string(figures_file), {}, name, expected_value, found_value});
  }
  // Other spaces, another order, a row twice.
  if (same) findings.add({AuditFault::figures_malformed, std::string(figures_file), {}, {}, "RFC 8785", shortened(published)});
}

}  // namespace huiyin::log
