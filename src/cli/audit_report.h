// What an audit came to, for people in words and for programs as JSON. Pure functions.
#pragma once

#include <optional>
#include <string>

#include "app/audit_state.h"
#include "base/catalogue.h"
#include "log/audit/audit.h"

namespace huiyin::cli {

enum class KeyFrom : std::uint8_t { reader, state, log };

struct ToldAudit {
  log::AuditReport report;
  std::string origin;  // that was asked for
  KeyFrom trusts = KeyFrom::reader;
  bool named_witnesses = false;
  bool has_state = false;
  std::optional<app::KeptAudit> kept;  // of an earlier audit
  bool was_kept = false;               // this one
  std::string evidence;                // where it lies; empty when there is none
};

// Whether two histories were shown: against an earlier audit, or within this one. Who asks about the wrong log sees none.
bool broke_its_word(const ToldAudit& told);

std::string as_words(const ToldAudit& told, Language language);
std::string as_json(const ToldAudit& told);  // one object, with a line end

}  // namespace huiyin::cli
