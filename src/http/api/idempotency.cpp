#include "http/api/idempotency.h"

#include "base/json.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::http {

crypto::Hash remembered_request(Services& services, std::string_view request) {
  return crypto::keyed_hash(services.keys.for_purpose("idempotency requests").bytes(), as_bytes(request));
}

Result<std::optional<app::Filing::Once>> read_once(const Request& request, Services& services) {
  const auto key = request.header("Idempotency-Key");
  if (key.empty()) return std::optional<app::Filing::Once>();
  const auto characters = is_text(key) ? count_characters(key) : 0;
  if (characters < app::idempotency_key_characters_min || characters > app::idempotency_key_characters_max) {
    return invalid_fields({{"Idempotency-Key",
                            shortened(key),
                            {key::expected_idempotency_key,
                             {{"min", std::to_string(app::idempotency_key_characters_min)},
                              {"max", std::to_string(app::idempotency_key_characters_max)}}}}});
  }
  return std::optional(app::Filing::Once{std::string(key), remembered_request(services, request.body)});
}

}  // namespace huiyin::http
