#include "log/audit/bundles.h"

namespace huiyin::log {

std::unique_ptr<ReadBundle> read_bundle(std::string name, std::optional<std::string> bytes, unsigned width) {
  auto read = std::make_unique<ReadBundle>();
  read->name = std::move(name);
  const auto refuse = [&](AuditFault what, std::string detail, std::string expected, std::string found) {
    read->fault = {what, read->name, {}, std::move(detail), std::move(expected), std::move(found)};
    return std::move(read);
  };
  if (!bytes) return refuse(AuditFault::file_missing, {}, {}, {});
  if (bytes->size() > published_bundle_bytes_max)
    return refuse(AuditFault::file_malformed, "bytes", "<= " + std::to_string(published_bundle_bytes_max),
                  std::to_string(bytes->size()));
  read->bytes = *std::move(bytes);
  const auto entries = parse_bundle(as_bytes(read->bytes));
  if (!entries.ok() || entries->size() != width)
    return refuse(AuditFault::file_malformed, "entries", std::to_string(width),
                  entries.ok() ? std::to_string(entries->size()) : "-");
  read->entries.reserve(width);
  for (const auto text : *entries) read->entries.push_back({text, leaf_hash(as_bytes(text)), parse_any_entry(text)});
  return read;
}

}  // namespace huiyin::log
