// --witness and --witness-quorum: those who are asked to vouch for the log of this server.
#pragma once

#include <string>
#include <vector>

#include "app/publisher.h"

namespace huiyin {

struct WitnessPeers {
  std::vector<app::WitnessPeer> peers{};
  std::size_t quorum = 0;  // how many must vouch; 0 where there are none
};

// Each is "URL VKEY"; a quorum of 0 means more than half of them. Throws a sentence that names what is wrong.
WitnessPeers read_witness_peers(const std::vector<std::string>& witnesses, unsigned quorum);

}  // namespace huiyin
