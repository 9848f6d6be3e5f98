// The read table of cases: current public facts, for lists and for finding a case by its reference. Written in the transaction of
// the event, made from the state alone, so that fsck can make it again.
#pragma once

#include <limits>
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
  std::optional<std::string> secret_of;  // the reference under which the secret was hashed, where it is another one
  cases::Phase phase{};
  std::optional<CategoryCode> category;
  UnitsOf units;
  std::vector<std::string> bars;  // whom it is closed to, as bar_of() writes it
  std::optional<UserId> handler;
  Instant received;  // at of the first event
  Instant updated;  // at of the last
  std::optional<Instant> due;  // of the clock that matters now
  std::optional<Instant> watch;  // when the watcher has to look at it
  int returns = 0;
  bool urgent = false;  // danger to life, and somebody has still to act
  bool provisional = false;  // a due day is to be counted again when the holidays are known
  std::optional<cases::Deed> proposed;  // waits for somebody else's approval
  std::optional<RecordId> merged_into;
  friend bool operator==(const CaseRow&, const CaseRow&) = default;
};

inline constexpr std::size_t list_rows_max = 100;

// What a list asks for. Newest first (by record id) unless due_before is given: then by due instant, nearest first.
struct CaseFilter {
  Visible visible;
  std::optional<cases::Phase> phase{};
  std::optional<UnitCode> unit{};  // in charge
  std::optional<CategoryCode> category{};
  std::optional<Instant> due_before{};
  bool returned = false;  // only those that came back
  bool urgent = false;  // only those
  bool proposed = false;  // only those that wait for somebody's approval
  bool barred = false;  // only those that are closed to somebody
  std::optional<UserId> handler{};
  std::optional<Instant> after_due{};  // cursor: the last row seen
  std::optional<RecordId> after{};
  std::size_t count = 50;  // at most list_rows_max
};

// A case that the watcher has to look at, and since when.
struct Watched {
  Instant since{std::numeric_limits<std::int64_t>::min()};
  RecordId id{};
  friend auto operator<=>(const Watched&, const Watched&) = default;
};

class CaseRows : public Rows {
 public:
  static constexpr std::string_view record_type = "case";
  virtual std::optional<CaseRow> find(RecordId id) = 0;
  virtual std::optional<CaseRow> find_by_reference(std::string_view reference) = 0;
  virtual std::vector<CaseRow> list(const CaseFilter& filter) = 0;
  // How many cases stand in each phase that has any, of those the actor may see; for the counters beside a list.
  virtual std::vector<std::pair<cases::Phase, std::uint64_t>> count_by_phase(const Visible& visible) = 0;
  // Those whose time to be looked at has come, the longest waiting first, behind `after`.
  virtual std::vector<Watched> list_watched(Instant now, const Watched& after, std::size_t count) = 0;
  // Those with a provisional due day, by record, behind `after`.
  virtual std::vector<RecordId> list_provisional(RecordId after, std::size_t count) = 0;
  // Those that were merged into a case which was answered meanwhile, or came to another end; by record, behind `after`.
  virtual std::vector<RecordId> list_settled_mergers(RecordId after, std::size_t count) = 0;
  virtual void put(const CaseRow& row) = 0;  // in a WriteView only
  // For fsck: whether what stands beside the row, by which lists find it and leave it out, says the same.
  virtual bool is_indexed(const CaseRow& row) = 0;
  // For fsck: the counters that a recount of the rows does not confirm, by their names in the table.
  virtual std::vector<std::string> list_miscounts(std::size_t count) = 0;
};

CaseRow row_of(RecordId id, const cases::State& state);

}  // namespace huiyin::app
