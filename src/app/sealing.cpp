#include "app/sealing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.h"

namespace huiyin::app {
namespace {

// What a sealed class is bound to: it opens only in its own record and its own column.
Bytes binding(const Random128& tag, PrivateClass which) {
  Bytes bound(tag.begin(), tag.end());
  bound.push_back(static_cast<std::uint8_t>(which));
  return bound;
}

}  // namespace

log::Hash absent_digest(const crypto::SymmetricKey& record_key, PrivateClass which, const EventMark& mark,
                        std::string_view facts) {
  const auto actor = mark.actor ? mark.actor->number : 0;  // numbers begin at 1
  const auto text = fmt::format("absent:{}:{}:{}:{}", static_cast<unsigned>(which), mark.number, actor, facts);
  return crypto::keyed_hash(record_key.bytes(), as_bytes(text));
}

log::Hash decoy_digest(const crypto::SymmetricKey& record_key, const EventMark& mark, std::string_view fact) {
  return crypto::keyed_hash(record_key.bytes(), as_bytes(fmt::format("unsaid:{}:{}", mark.number, fact)));
}

SealedEvent seal_event(EncodedEvent event, const crypto::SymmetricKey& record_key, const Random128& tag, const EventMark& mark,
                       Random& random) {
  HUIYIN_ASSERT(!std::ranges::all_of(event.content, [](const auto& one) { return one.has_value(); }));
  SealedEvent out{std::move(event.name), std::move(event.facts), {}, {}, {}, {}, {}, std::move(event.told_as)};
  for (const auto& fact : event.fine)
    out.fine.push_back(log::disclose(random.bytes<log::salt_bytes>(), fact.name, fact.value_json));
  for (const auto& name : event.unsaid) out.decoys.push_back(decoy_digest(record_key, mark, name));
  for (std::size_t i = 0; i < private_classes; ++i) {
    if (!event.content[i]) {
      out.sd[i] = absent_digest(record_key, static_cast<PrivateClass>(i), mark, out.facts);
      continue;
    }
    auto disclosure = log::disclose(random.bytes<log::salt_bytes>(), private_class_names[i], *event.content[i]);
    out.sd[i] = disclosure.digest();
    out.sealed[i] = crypto::seal(record_key, as_bytes(disclosure.text), binding(tag, static_cast<PrivateClass>(i)), random);
    out.plain[i] = std::move(disclosure.text);
  }
  return out;
}

std::optional<std::string> open_class(const EventRow& row, PrivateClass which, const crypto::SymmetricKey& record_key,
                                      const Random128& tag) {
  const auto& sealed = row.sealed[static_cast<std::size_t>(which)];
  if (!sealed) return std::nullopt;
  const auto opened = crypto::open(record_key, *sealed, binding(tag, which));
  if (!opened) return std::nullopt;
  return std::string(as_text(*opened));
}

}  // namespace huiyin::app
