// PublishedLog: what anybody may read of a log, as files. Everything is held against the published head (published_head.h) first
// and read from the store then, so that nothing beyond it is ever given away. No read transaction outlives one call. Thread rule:
// any thread.
#pragma once

#include <string>
#include <string_view>

#include "app/published_head.h"
#include "app/store.h"
#include "base/result.h"

namespace huiyin::app {

class PublishedLog {
 public:
  struct Parts {
    Store& store;
    FindPublishedHead find_head;
    const Jurisdiction& jurisdiction;
  };
  explicit PublishedLog(Parts parts) : parts_(std::move(parts)) {}

  // The signed note over the newest published head; `not_found` while nothing is published.
  [[nodiscard]] Result<std::string> checkpoint() const;
  // The key that signs it, as verifiers take it (c2sp.org/signed-note), on a line.
  [[nodiscard]] std::string verifier_key() const;
  struct Tile {
    std::string bytes;
    bool entries = false;
    bool full = false;  // will never be another
  };
  // By its path, "tile/0/x001/234.p/5" or "tile/entries/..."; `not_found` when there is none, or not yet.
  [[nodiscard]] Result<Tile> tile(std::string_view path) const;
  // The rules that entries name by this hash, in hexadecimal: canonical JSON whose SHA-256 it is. `not_found` otherwise.
  [[nodiscard]] Result<std::string> pack(std::string_view hash_hex) const;

 private:
  Parts parts_;
};

}  // namespace huiyin::app
