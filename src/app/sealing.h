// Sealing: an encoded event becomes what is stored and what is logged. Each private class is one disclosure [salt, name, value];
// its text is kept, encrypted under the record's key, and its digest stands in the entry.
#pragma once

#include "app/codec.h"
#include "app/store.h"
#include "base/random.h"
#include "log/disclosure.h"

namespace huiyin::app {

struct SealedEvent {
  std::string name;
  std::string facts;
  std::vector<log::Disclosure> fine;
  std::vector<log::Hash> decoys{};  // in place of the fine facts that it has not, so that their number tells nothing
  std::array<std::optional<Bytes>, private_classes> sealed;
  std::array<std::optional<std::string>, private_classes>
      plain;  // the private disclosures' texts, for a receipt; never stored so
  std::array<log::Hash, private_classes> sd{};
  std::optional<std::string> told_as{};  // as EncodedEvent's
};

// What else an event is known by inside the house: its number within the record, and who of the staff acted.
struct EventMark {
  std::uint64_t number = 0;
  std::optional<UserId> actor{};
};

SealedEvent seal_event(EncodedEvent event, const crypto::SymmetricKey& record_key, const Random128& tag, const EventMark& mark,
                       Random& random);

// The digest that stands for a class in which nothing was said: random to all but the holder of the record's key, who can tell by
// it that nothing was taken away, and that the facts (the kept ones too, which the log does not show) and the actor are as they
// were written. An event always leaves a class empty: staff say nothing about identity, requesters nothing as staff.
log::Hash absent_digest(const crypto::SymmetricKey& record_key, PrivateClass which, const EventMark& mark,
                        std::string_view facts);

// The digest that stands for a fine fact which an event of this kind can have and this one has not (RFC 9901 section 4.2.5): as
// random to others, and as certain to the holder of the key.
log::Hash decoy_digest(const crypto::SymmetricKey& record_key, const EventMark& mark, std::string_view fact);

// The disclosure's text of one class; nothing when it is absent or does not open under this key.
std::optional<std::string> open_class(const EventRow& row, PrivateClass which, const crypto::SymmetricKey& record_key,
                                      const Random128& tag);

}  // namespace huiyin::app
