#include "pages/asset.h"

#include "assets.h"
#include "base/assert.h"
#include "base/crypto.h"

namespace huiyin::pages {
namespace {

constexpr std::size_t version_letters = 12;

std::string_view type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

std::map<std::string, Asset, std::less<>> make_assets() {
  std::map<std::string, Asset, std::less<>> out;
  for (const auto& file : assets::all) {
    const std::string name(file.path);
    auto version = to_hex(crypto::sha256(file.content)).substr(0, version_letters);
    out.emplace(name, Asset{file.content, type_of(name), version, "/assets/" + name + "?v=" + version});
  }
  return out;
}

}  // namespace

const Asset* find_asset(std::string_view name) {
  static const auto assets = make_assets();
  const auto found = assets.find(name);
  return found == assets.end() ? nullptr : &found->second;
}

const Asset& get_asset(std::string_view name) {
  const auto* asset = find_asset(name);
  HUIYIN_ASSERT(asset != nullptr);
  return *asset;
}

}  // namespace huiyin::pages
