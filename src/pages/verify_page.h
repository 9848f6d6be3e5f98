// The page that checks a receipt in the browser (web/verify): it brings the words and the keys, and sends nothing. Without a
// script it says how to check by the program.
#pragma once

#include <string>
#include <vector>

#include "pages/setting.h"

namespace huiyin::pages {

struct VerifyPage {
  std::string log_key;                      // the verifier key that this server names for its own log
  std::vector<std::string> witness_keys{};  // and for those who vouch for it
};

std::string verify_page(const Setting& here, const VerifyPage& page);

}  // namespace huiyin::pages
