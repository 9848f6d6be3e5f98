// What Publisher (publisher.h) keeps outside the database: what outlives a restart and what an export goes by.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace huiyin::app {

// What outlives a restart, outside the database (storage/published_files.h). Any thread; a failure is a StoreFailure.
class PublishedNotes {
 public:
  virtual ~PublishedNotes() = default;
  virtual std::optional<std::string> find_published(JurisdictionId jurisdiction) = 0;
  virtual void keep_published(JurisdictionId jurisdiction, std::string_view note) = 0;
  virtual void forget_published(JurisdictionId jurisdiction) = 0;
  // The first head of the log that a witness cosigned, with its line: since when it vouches.
  virtual std::optional<std::string> find_first(JurisdictionId jurisdiction, std::string_view witness_vkey) = 0;
  virtual void keep_first(JurisdictionId jurisdiction, std::string_view witness_vkey, std::string_view note) = 0;
};

}  // namespace huiyin::app
