#include "base/canonical_json.h"

#include <algorithm>
#include <boost/json.hpp>
#include <vector>

#include "base/assert.h"
#include "base/bytes.h"

namespace huiyin {
namespace {

namespace json = boost::json;

void write(std::string& out, const json::value& value);

void write(std::string& out, const json::object& object) {
  std::vector<const json::key_value_pair*> members;
  for (const auto& member : object) {
    HUIYIN_ASSERT(is_ascii(member.key()));  // so that bytewise order is the order of UTF-16 units that the RFC asks for
    members.push_back(&member);
  }
  std::ranges::sort(members, {}, [](const auto* member) { return std::string_view(member->key()); });
  out += '{';
  for (const auto* member : members) {
    if (member != members.front()) out += ',';
    write_canonical_string(out, member->key());
    out += ':';
    write(out, member->value());
  }
  out += '}';
}

void write(std::string& out, const json::array& array) {
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) out += ',';
    write(out, array[i]);
  }
  out += ']';
}

void write(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: out += "null"; break;
    case json::kind::bool_: out += value.get_bool() ? "true" : "false"; break;
    case json::kind::int64: out += std::to_string(value.get_int64()); break;
    case json::kind::uint64: out += std::to_string(value.get_uint64()); break;
    case json::kind::double_: HUIYIN_ASSERT(!"a fraction in canonical JSON"); break;
    case json::kind::string: write_canonical_string(out, value.get_string()); break;
    case json::kind::array: write(out, value.get_array()); break;
    case json::kind::object: write(out, value.get_object()); break;
  }
}

void write_escape(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\t': out += "\\t"; break;
    case '\n': out += "\\n"; break;
    case '\f': out += "\\f"; break;
    case '\r': out += "\\r"; break;
    default:
      out += "\\u00";
      out += hex[byte >> 4U];
      out += hex[byte & 15U];
  }
}

}  // namespace

// What needs no escape goes in whole runs: strings are long, and escapes rare.
void write_canonical_string(std::string& out, std::string_view text) {
  out += '"';
  auto run = text.begin();
  for (auto at = text.begin(); at != text.end(); ++at) {
    if (static_cast<unsigned char>(*at) >= 0x20 && *at != '"' && *at != '\\') continue;
    out.append(run, at);
    write_escape(out, *at);
    run = at + 1;
  }
  out.append(run, text.end());
  out += '"';
}

std::string canonical_json(const json::value& value) {
  std::string out;
  write(out, value);
  return out;
}

}  // namespace huiyin
