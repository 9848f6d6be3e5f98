// A jurisdiction at work: its rules, its time zone and the key that signs its log. Immutable after start, shared freely.
#pragma once

#include <memory>
#include <string>

#include "app/log_id.h"
#include "base/id.h"
#include "domain/rules/pack.h"
#include "domain/rules/zone.h"
#include "log/log_name.h"
#include "log/note.h"

namespace huiyin::app {

struct Jurisdiction {
  JurisdictionId id;
  std::string slug;
  std::string origin;
  rules::Pack pack;
  std::unique_ptr<rules::Zone> zone;
  log::NoteSigner signer;

  // The log that is written now.
  [[nodiscard]] LogId log() const { return {id, log::read_log_name(origin).number}; }
};

}  // namespace huiyin::app
