// What Publisher (publisher.h) keeps outside the database: what outlives a restart and what an export goes by.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/log_id.h"

namespace huiyin::app {

// What outlives a restart, outside the database (storage/published_files.h). Any thread; a failure is a StoreFailure.
class PublishedNotes {
 public:
  virtual ~PublishedNotes() = default;
  virtual std::optional<std::string> find_published(LogId log) = 0;
  virtual void keep_published(LogId log, std::string_view note) = 0;
  virtual void forget_published(LogId log) = 0;
  // The first head of the log that a witness cosigned, with its line: since when it vouches.
  virtual std::optional<std::string> find_first(LogId log, std::string_view witness_vkey) = 0;
  virtual void keep_first(LogId log, std::string_view witness_vkey, std::string_view note) = 0;
};

}  // namespace huiyin::app
