// What a command on a case names elsewhere, found inside the transaction and put into the command before decide() sees it:
// another case by its reference, a colleague by their login, the proposal that is ruled on.
#pragma once

#include "app/desk.h"
#include "domain/case/case.h"

namespace huiyin::app {

// `unavailable` when the words of a proposal do not open.
Result<void> look_up(ReadView& view, const Loaded<cases::Case>& on, const RecordKey& key, cases::Command& command);

// The newest event of one kind with its private content of staff; nothing when there is none, or it does not open.
template <class One>
std::optional<One> find_last(const std::vector<LoadedEvent<cases::Case>>& events, const RecordKey& key) {
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (!std::holds_alternative<One>(event->event)) continue;
    OpenedContent content;
    key.open(event->row, PrivateClass::staff_words, content);
    auto opened = decode<cases::Event>(event->row.name, event->row.facts, content);
    if (!opened) return std::nullopt;
    return std::get<One>(*std::move(opened));
  }
  return std::nullopt;
}

}  // namespace huiyin::app
