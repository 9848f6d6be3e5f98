#include "base/error.h"

#include "texts/keys.h"

namespace huiyin {

std::string_view name_of(Code code) noexcept {
  switch (code) {
    case Code::invalid: return "invalid";
    case Code::unauthenticated: return "unauthenticated";
    case Code::forbidden: return "forbidden";
    case Code::not_found: return "not_found";
    case Code::conflict: return "conflict";
    case Code::too_large: return "too_large";
    case Code::overloaded: return "overloaded";
    case Code::unavailable: return "unavailable";
    case Code::internal: return "internal";
  }
  return "internal";
}

Error invalid_fields(std::vector<FieldError> fields) {
  auto count = std::to_string(fields.size());
  return {Code::invalid, {key::invalid_fields, {{"count", std::move(count)}}}, std::move(fields)};
}

Error invalid_field(std::string_view field, std::string_view got, Message expected) {
  return invalid_fields({{std::string(field), std::string(got), std::move(expected)}});
}

}  // namespace huiyin
