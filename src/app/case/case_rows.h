// The read table of cases: current public facts, for lists and for finding a case by its reference. Written in the transaction of
// the event, made from the state alone, so that fsck can make it again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/store.h"
#include "domain/case/case.h"

namespace huiyin::app {

struct CaseRow {
  RecordId id;
  std::string reference;  // with dashes
  std::string secret_hash;
  cases::Phase phase{};
  std::optional<CategoryCode> category;
  std::optional<UnitCode> unit;
  Instant received;  // at of the first event
  Instant updated;  // at of the last
  std::optional<Instant> due;  // of the clock that matters now
  int returns = 0;
  friend bool operator==(const CaseRow&, const CaseRow&) = default;
};

inline constexpr std::size_t list_rows_max = 100;

// What a list asks for. Newest first (by record id) unless due_before is given: then by due instant, nearest first.
struct CaseFilter {
  Visible visible;
  std::optional<cases::Phase> phase{};
  std::optional<UnitCode> unit{};
  std::optional<CategoryCode> category{};
  std::optional<Instant> due_before{};
  bool returned = false;  // only those that came back
  std::optional<Instant> after_due{};  // cursor: the last row seen
  std::optional<RecordId> after{};
  std::size_t count = 50;  // at most list_rows_max
};

class CaseRows : public Rows {
 public:
  static constexpr std::string_view record_type = "case";
  virtual std::optional<CaseRow> find(RecordId id) = 0;
  virtual std::optional<CaseRow> find_by_reference(std::string_view reference) = 0;
  virtual std::vector<CaseRow> list(const CaseFilter& filter) = 0;
  // How many cases stand in each phase that has any, of those the actor may see; for the counters beside a list.
  virtual std::vector<std::pair<cases::Phase, std::uint64_t>> count_by_phase(const Visible& visible) = 0;
  virtual void put(const CaseRow& row) = 0;  // in a WriteView only
};

CaseRow row_of(RecordId id, const cases::State& state);

}  // namespace huiyin::app
