#include "app/pack_fields.h"

namespace huiyin::app::pack_fields {

rules::LocalText local_text(FieldReader& reader, std::string_view name, TextLimits limits, bool required) {
  const auto* found = reader.raw(name);
  if (found == nullptr && !required) return {};
  if (found == nullptr || !found->is_object()) {
    reader.refuse(name, found == nullptr ? "" : shown(*found), {key::pack_both_languages});
    return {};
  }
  auto* inner = reader.object(name);
  rules::LocalText text;
  text.zh = inner->required_text("zh", limits);
  text.en = inner->required_text("en", limits);
  return text;
}

std::string code(FieldReader& reader, std::string_view name) {
  auto text = reader.required_text(name, code_limits);
  if (text.empty() || is_code(text)) return text;
  reader.refuse(name, shortened(text), {key::pack_code});
  return {};
}

bool is_phone_number(std::string_view text) { return text.find_first_not_of("0123456789+- ") == std::string_view::npos; }

boost::json::object json_of(const rules::LocalText& text) { return {{"zh", text.zh}, {"en", text.en}}; }

}  // namespace huiyin::app::pack_fields
