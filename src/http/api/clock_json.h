// Clocks as the API shows them: each with what it was counted from, so that it explains itself.
#pragma once

#include <boost/json.hpp>
#include <vector>

#include "app/jurisdiction.h"
#include "base/catalogue.h"
#include "domain/rules/legal_clock.h"

namespace huiyin::http {

// For whom, and when.
struct ClockReader {
  const app::Jurisdiction& jurisdiction;
  Language language{};
  Instant now;
};

boost::json::object clock_json(const rules::LegalClock& clock, const ClockReader& reader);
boost::json::array clocks_json(const std::vector<rules::LegalClock>& clocks, const ClockReader& reader);

}  // namespace huiyin::http
