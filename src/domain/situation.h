// Situation: everything a decision may know beside the record's own state. It comes in; decide asks nobody.
#pragma once

#include "base/time.h"
#include "domain/actor.h"
#include "domain/rules/pack.h"
#include "domain/rules/zone.h"

namespace huiyin {

struct Situation {
  const Actor& actor;
  const rules::Pack& pack;  // the rules in force
  const rules::Zone& zone;
  Instant now;  // the server's time
  Instant at;   // when it happened, as the channel claims it (a letter's date, an import's); else now
};

}  // namespace huiyin
