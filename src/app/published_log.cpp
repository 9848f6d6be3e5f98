#include "app/published_log.h"

#include "app/log_files.h"
#include "texts/keys.h"

namespace huiyin::app {

Result<std::string> PublishedLog::checkpoint() const {
  auto head = parts_.find_head();
  if (!head) return Error{Code::not_found, {key::log_nothing_published}};
  return std::move(head->note);
}

std::string PublishedLog::verifier_key() const { return parts_.jurisdiction.signer.vkey() + '\n'; }

Result<PublishedLog::Tile> PublishedLog::tile(std::string_view path) const {
  const auto head = parts_.find_head();  // before the view, which must cover it
  const auto size = head ? head->size : 0;
  const auto asked = log::parse_tile_path(path);
  // Looked for first, so that addresses of nothing cost no question to the store.
  if (asked && asked->width <= log::width_at(asked->id, size)) {
    const auto view = parts_.store.read(parts_.jurisdiction.id);
    if (const auto bytes = find_log_file(*view, *asked, size))
      return Tile{std::string(as_text(*bytes)), asked->entries, asked->width == log::tile_width};
  }
  return Error{Code::not_found, {key::log_no_such_file, {{"size", std::to_string(size)}}}};
}

Result<std::string> PublishedLog::pack(std::string_view hash_hex) const {
  const auto bytes = from_hex(hash_hex);
  log::Hash hash{};
  if (bytes && bytes->size() == hash.size() && to_hex(*bytes) == hash_hex) {
    std::ranges::copy(*bytes, hash.begin());
    if (auto json = parts_.store.read(parts_.jurisdiction.id)->find_pack(hash)) return *std::move(json);
  }
  return Error{Code::not_found, {key::log_no_such_pack}};
}

}  // namespace huiyin::app
