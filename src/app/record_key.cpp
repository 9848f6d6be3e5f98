#include "app/record_key.h"

#include "texts/keys.h"

namespace huiyin::app {

Result<RecordKey> RecordKey::of(Keys& keys, const RecordRow& record) {
  const auto key = keys.unwrap({record.wrapping, record.wrapped_key}, record.tag);
  if (!key) return Error{Code::unavailable, {key::committer_damaged}, {}, "a record's key cannot be opened"};
  return RecordKey(*key, record.tag);
}

std::optional<std::string> RecordKey::disclosure(const EventRow& event, PrivateClass which) const {
  return open_class(event, which, key_, tag_);
}

void RecordKey::open(const EventRow& event, PrivateClass which, OpenedContent& content) const {
  const auto place = static_cast<std::size_t>(which);
  const auto text = disclosure(event, which);
  const auto value = text ? log::value_of(*text, private_class_names[place]) : std::nullopt;
  if (value) content[place] = std::string(*value);
}

}  // namespace huiyin::app
