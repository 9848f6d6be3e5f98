// The files beside the pages (style, mark), embedded at build from web/pages/, and the scripts that web/bundle.mjs makes. Their
// addresses carry a hash of the content, so that browsers may keep them for good. Immutable, shared freely.
#pragma once

#include <string>
#include <string_view>

namespace huiyin::pages {

struct Asset {
  std::string_view content;
  std::string_view type;   // media type
  std::string version;     // of the content, in hex
  std::string address;     // "/assets/style.css?v=0123456789ab"
};

// Null when there is none of that name.
const Asset* find_asset(std::string_view name);
// One of ours: that it exists is our promise.
const Asset& get_asset(std::string_view name);

}  // namespace huiyin::pages
