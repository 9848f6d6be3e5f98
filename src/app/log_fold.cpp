#include "app/log_fold.h"

#include <fmt/format.h>

#include "domain/rules/pack.h"

namespace huiyin::app {
namespace {

static_assert(log::cell_records_usual == rules::cell_records_usual);

// Entries of one cell lie near each other; what lies between is read and left out rather than asked around.
constexpr std::uint64_t gap_max = 64;
constexpr std::uint64_t rows_at_once = 1024;

[[noreturn]] void damaged(std::uint64_t index, std::string_view what) {
  throw StoreFailure(StoreFailure::Kind::damaged, fmt::format("entry {} of the log is {}: run `huiyin fsck`", index, what));
}

}  // namespace

LogFold::Piece LogFold::read(ReadView& view, std::uint64_t size, std::size_t count) const {
  const auto first = cells_.size();
  count = static_cast<std::size_t>(std::min<std::uint64_t>(count, size - first));
  Piece piece{view.list_entries(first, count), {}, view.list_disclosures(first, count), {}};
  if (piece.texts.size() != count) damaged(first + piece.texts.size(), "missing");
  for (const auto& text : piece.texts) {
    auto entry = log::parse_any_entry(text);
    if (!entry) damaged(first + piece.entries.size(), "no entry");
    if (const auto* open = std::get_if<log::Entry>(&*entry); open != nullptr && !k_of_.contains(open->pack)) {
      if (const auto [at, is_new] = piece.k_of.try_emplace(open->pack); is_new) {
        // Without the rules nobody knows how many make a cell: what is disclosed cannot be taken back.
        const auto pack = view.find_pack(open->pack);
        if (!pack || crypto::sha256(*pack) != open->pack)
          damaged(first + piece.entries.size(), "under rules that are missing or changed");
        at->second = log::cell_records_of(*pack);
      }
    }
    piece.entries.push_back(*std::move(entry));
  }
  return piece;
}

void LogFold::add(const Piece& piece) {
  k_of_.insert(piece.k_of.begin(), piece.k_of.end());
  for (const auto& entry : piece.entries) {
    const auto index = cells_.size();
    cells_.add(index, entry);
    figures_.add(index, entry);
  }
  for (const auto& row : piece.disclosures) {
    if (row.log_index < cells_.size() && figures_.wants(row.log_index))
      figures_.add(log::DisclosedLine{row.log_index, row.disclosures});
  }
}

std::string disclosed_lines(ReadView& view, std::span<const std::uint64_t> indexes) {
  std::string lines;
  for (auto begin = indexes.begin(); begin != indexes.end();) {
    auto end = begin + 1;
    while (end != indexes.end() && *end - *(end - 1) <= gap_max && *end - *begin < rows_at_once) ++end;
    const auto rows = view.list_disclosures(*begin, *(end - 1) - *begin + 1);
    auto row = rows.begin();
    for (; begin != end; ++begin) {
      while (row != rows.end() && row->log_index < *begin) ++row;
      if (row == rows.end() || row->log_index != *begin) damaged(*begin, "without an event");
      lines += log::disclosed_line(*begin, row->disclosures);
    }
  }
  return lines;
}

}  // namespace huiyin::app
