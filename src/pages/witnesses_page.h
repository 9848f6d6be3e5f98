// Who vouches for the log, and since when; what is published now; the log's key.
#pragma once

#include <string>

#include "app/publisher.h"
#include "pages/setting.h"

namespace huiyin::pages {

struct WitnessesPage {
  std::string log_key;  // the verifier key of the log
  std::optional<app::PublishedHead> published{};
  std::vector<app::Publisher::Vouching> witnesses{};
  std::size_t quorum = 0;
};

std::string witnesses_page(const Setting& here, const WitnessesPage& page);

}  // namespace huiyin::pages
