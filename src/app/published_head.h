// Which head of a log the world may see. What is published (checkpoint, tiles, entries, disclosures, figures) never reaches
// beyond it: entries that are in the database but not under a signed head do not exist for anybody outside.
#pragma once

#include <optional>

#include "app/committer.h"

namespace huiyin::app {

// The newest signed head; nothing while the log is empty. Any thread.
inline std::optional<SignedHead> published_head(const Committer& committer, JurisdictionId jurisdiction) {
  return committer.head(jurisdiction);
}

}  // namespace huiyin::app
