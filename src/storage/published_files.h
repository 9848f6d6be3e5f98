// What was published, as files beside the keys, so that nodes that share the folder share it too:
//
// (keys/<jurisdiction>/log2/... of its second log, and so on)
//   keys/<jurisdiction>/published          the newest published head, with the lines of those who vouch
//   keys/<jurisdiction>/vouched/<hex>      the first head that a witness cosigned; by the SHA-256 of its verifier key
#pragma once

#include <filesystem>

#include "app/published_notes.h"

namespace huiyin::storage {

class PublishedFiles final : public app::PublishedNotes {
 public:
  explicit PublishedFiles(std::filesystem::path keys) : keys_(std::move(keys)) {}

  std::optional<std::string> find_published(app::LogId log) override;
  void keep_published(app::LogId log, std::string_view note) override;
  void forget_published(app::LogId log) override;
  std::optional<std::string> find_first(app::LogId log, std::string_view witness_vkey) override;
  void keep_first(app::LogId log, std::string_view witness_vkey, std::string_view note) override;

 private:
  [[nodiscard]] std::filesystem::path folder_of(app::LogId log) const;
  std::filesystem::path keys_;
};

}  // namespace huiyin::storage
