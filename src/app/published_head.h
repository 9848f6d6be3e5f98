// Which head of a log the world may see. What is published (checkpoint, tiles, entries, disclosures, figures) never reaches
// beyond it: entries that are in the database but not under a published head do not exist for anybody outside.
#pragma once

#include <functional>
#include <optional>

#include "app/committer.h"

namespace huiyin::app {

// The newest published head, as Publisher says it (publisher.h); nothing while nothing is published. Any thread.
using FindPublishedHead = std::function<std::optional<SignedHead>()>;

}  // namespace huiyin::app
