// YAML to JSON for packs, keeping the line of every value. A small, safe part of YAML: plain values, lists and maps; no
// anchors, aliases, tags or several documents. Unquoted whole numbers, true, false and null are such; all else is text.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/pack_reader.h"

namespace huiyin::app {

struct PackPlace {
  std::string file;
  int line = 0;
};

// Paths such as units[3].parent -> where it stands.
using PackPlaces = std::unordered_map<std::string, PackPlace>;

// Reads one file. `list_starts` says at which number the entries of a top-level list begin, so that a list continued from
// another file has paths of its own. Faults of the text itself go to `faults`; null comes back when nothing could be read.
boost::json::value yaml_to_json(const std::string& file, const std::string& text,
                                const std::map<std::string, std::size_t>& list_starts, PackPlaces& places,
                                std::vector<PackFault>& faults);

}  // namespace huiyin::app
