#include "storage/move.h"

#include <fmt/format.h>

#include "sql.h"
#include "storage/log_proof.h"
#include "storage/moved.h"
#include "storage/tables.h"

namespace huiyin::storage {
namespace {

using app::Jurisdiction;
using app::StoreFailure;
using What = MoveStage::What;

// Shorter transactions for the target: SQLite keeps a whole one beside the database until it ends.
constexpr std::uint64_t rows_a_transaction = 16'384;

StoreFailure refusal(const std::string& sentence) { return {StoreFailure::Kind::other, sentence}; }

struct Snapshot {
  explicit Snapshot(Connection& of) : connection(of) { connection.begin_read(); }
  ~Snapshot() { connection.rollback(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  Connection& connection;
};

// Undone unless it was committed.
class Transaction {
 public:
  explicit Transaction(Connection& of) : connection_(of) { connection_.begin_write(); }
  ~Transaction() {
    if (!committed_) connection_.rollback();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    connection_.commit();
    committed_ = true;
  }

 private:
  Connection& connection_;
  bool committed_ = false;
};

// How a jurisdiction stands in one database.
struct Place {
  bool there = false;
  std::optional<std::string> mark;
};

Place look(Connection& connection, JurisdictionId jurisdiction) {
  const Snapshot snapshot(connection);
  auto query = connection.query(sql::log_find_moved_sql);
  query.bind("$jurisdiction", jurisdiction.number);
  if (!query.step()) return {};
  return {true, query.text_or_null(0)};
}

enum class Step : std::uint8_t { none, copy, finish };

class Move {
 public:
  Move(const MoveParts& parts, std::span<const Jurisdiction* const> jurisdictions)
      : parts_(parts),
        jurisdictions_(jurisdictions),
        source_(parts.source.database.open_reader()),
        target_(parts.target.database.open_reader()),
        into_(parts.target.database.open_writer()) {}

  MoveReport run() {
    read_shapes();
    refuse_strangers();
    for (const auto& jurisdiction : jurisdictions_) next_step(*jurisdiction);  // refuses before anything is written
    MoveReport report;
    for (const auto& jurisdiction : jurisdictions_) {
      if (next_step(*jurisdiction) == Step::none) continue;
      report.logs.push_back(move(*jurisdiction, report.differences));
      if (report.differences.found() > 0) break;
    }
    return report;
  }

 private:
  // What is at work on one jurisdiction.
  struct Work {
    const Jurisdiction& jurisdiction;
    std::unique_ptr<app::WriteView> lock;  // none when the source is closed already
    MovedLog log;
    MoveStage stage;
  };

  // A table that this program does not know would be left behind.
  void read_shapes() {
    const Snapshot source(*source_), target(*target_);
    for (auto* connection : {source_.get(), target_.get()}) {
      for (const auto& table : list_tables(*connection)) {
        const bool known = std::ranges::find(site_tables, table) != site_tables.end() ||
                           std::ranges::find(tables_apart, table, &Apart::name) != tables_apart.end();
        if (known) continue;
        const auto& where = connection == source_.get() ? parts_.source : parts_.target;
        throw refusal(
            fmt::format("{} has a table {} that this program does not know: use the program that made it, or another "
                        "database",
                        where.shown, table));
      }
    }
    for (const auto table : site_tables) {
      shapes_.push_back(shape_of(*source_, table));
      if (shape_of(*target_, table) != shapes_.back())
        throw refusal(fmt::format("the table {} has other columns in {}: bring both up to date with `huiyin migrate`", table,
                                  parts_.target.shown));
    }
  }

  void refuse_strangers() {
    const Snapshot target(*target_);
    auto query = target_->query(sql::jurisdiction_list_jurisdictions_sql);
    while (query.step()) {
      const auto id = query.integer(0);
      if (std::ranges::none_of(jurisdictions_, [&](const auto& one) { return one->id.number == id; }))
        throw refusal(
            fmt::format("{} holds a jurisdiction already ({}): move into an empty database", parts_.target.shown, query.text(1)));
    }
  }

  Step next_step(const Jurisdiction& jurisdiction) {
    return next_step(look(*source_, jurisdiction.id), look(*target_, jurisdiction.id), jurisdiction.slug);
  }

  [[nodiscard]] Step next_step(const Place& source, const Place& target, const std::string& slug) const {
    const bool open = !source.mark;
    if (!open && source.mark != parts_.target.shown) throw StoreFailure(StoreFailure::Kind::moved, why_closed(*source.mark));
    if (!target.there) return Step::copy;
    if (target.mark == unfinished_mark(parts_.source.shown)) return open ? Step::copy : Step::finish;
    if (!open && !target.mark) return Step::none;
    if (!target.mark)
      throw refusal(fmt::format("{} holds a jurisdiction already ({}): move into an empty database", parts_.target.shown, slug));
    throw refusal(fmt::format("{} holds {} already, and {}. Put {} aside first, then move into an empty database",
                              parts_.target.shown, slug, why_closed(*target.mark),
                              into_->engine() == Engine::sqlite ? "that file, with its -wal and -shm," : "that database"));
  }

  MovedLog move(const Jurisdiction& jurisdiction, Differences& differences) {
    Work work{jurisdiction, nullptr, {jurisdiction.slug}, {What::pauses, jurisdiction, {}}};
    work.stage.all = count(jurisdiction.id);
    tell(work, What::pauses);
    const auto began = parts_.clock.monotonic();
    if (!look(*source_, jurisdiction.id).mark) work.lock = parts_.store.write(jurisdiction.id);
    {
      const auto step = next_step(jurisdiction);  // nothing changes any more, but it may have since it was looked at
      const Snapshot source(*source_);
      if (step == Step::copy) copy_all(work);
      verify(work, differences);
    }
    if (differences.found() == 0) hand_over(work);
    work.log.pause = parts_.clock.monotonic() - began;
    if (differences.found() == 0) tell(work, What::goes_on);
    return std::move(work.log);
  }

  // Before the pause, so that there is something to measure progress by. Not by the reader: it may take long.
  std::uint64_t count(JurisdictionId jurisdiction) {
    const auto connection = parts_.source.database.open_writer();
    const Snapshot snapshot(*connection);
    std::uint64_t rows = 0;
    for (const auto& shape : shapes_) rows += count_rows(*connection, shape, jurisdiction);
    return rows;
  }

  void copy_all(Work& work) {
    tell(work, What::empties);
    empty(work);
    found(work);
    for (const auto& shape : std::span(shapes_).subspan(founding_tables)) {
      work.stage.table = shape.name;
      tell(work, What::copies);
      copy(work, shape);
    }
  }

  // What a move that stopped left behind. All of it or nothing: a head without its mark must never show.
  void empty(Work& work) {
    Transaction transaction(*into_);
    for (auto shape = shapes_.rbegin(); shape != shapes_.rend(); ++shape) {
      erase_rows(*into_, *shape, work.jurisdiction.id);
      hold(work);
    }
    transaction.commit();
  }

  void found(Work& work) {
    Transaction transaction(*into_);
    for (const auto& shape : std::span(shapes_).first(founding_tables)) {
      TableReader rows(*source_, shape, work.jurisdiction.id);
      TableWriter writer(*into_, shape);
      while (const auto row = rows.next()) writer.put(*row);
    }
    set_mark(work.jurisdiction, unfinished_mark(parts_.source.shown));
    transaction.commit();
  }

  void copy(Work& work, const TableShape& shape) try {
    TableReader rows(*source_, shape, work.jurisdiction.id);
    TableWriter writer(*into_, shape);
    for (auto row = rows.next(); row;) {
      Transaction transaction(*into_);
      for (std::uint64_t written = 0; row && written < rows_a_transaction; ++written) {
        writer.put(*row);
        row = rows.next();
        did_row(work, What::copies);
      }
      transaction.commit();
    }
  } catch (const StoreFailure& fault) {
    throw StoreFailure(fault.kind(), fmt::format("table {}: {}", shape.name, fault.what()));
  }

  void verify(Work& work, Differences& differences) {
    const Snapshot target(*target_);
    work.stage.done = 0;
    for (const auto& shape : shapes_) {
      work.stage.table = shape.name;
      tell(work, What::compares);
      compare(shape, TableReader(*source_, shape, work.jurisdiction.id), TableReader(*target_, shape, work.jurisdiction.id),
              differences, [&] { did_row(work, What::compares); });
    }
    work.log.tables = shapes_.size();
    work.log.rows = work.stage.done;
    tell(work, What::proves);
    const auto head = head_of(*target_, work.jurisdiction.id);
    work.log.signed_entries = prove_log(*target_, work.jurisdiction, head, parts_.keys.last_heads(work.jurisdiction.log()),
                                        differences, [&] { hold(work); });
    work.log.entries = head.size;
    work.log.root = head.root;
  }

  // From the one place to the other, so that at no moment both are open.
  void hand_over(Work& work) {
    tell(work, What::closes);
    if (work.lock) {
      work.lock->close_log(parts_.target.shown);
      work.lock->commit();
      work.lock.reset();
    }
    tell(work, What::opens);
    Transaction transaction(*into_);
    set_mark(work.jurisdiction, std::nullopt);
    transaction.commit();
  }

  void set_mark(const Jurisdiction& jurisdiction, const std::optional<std::string>& mark) {
    into_->query(sql::log_update_moved_sql).bind("$jurisdiction", jurisdiction.id.number).bind("$moved_to", mark).run();
  }

  void tell(Work& work, What what) {
    work.stage.what = what;
    parts_.watch(work.stage);
  }
  void did_row(Work& work, What what) {
    if (++work.stage.done % rows_a_piece != 0) return;
    hold(work);
    tell(work, what);
  }
  // PostgreSQL takes the lock away from who says nothing for long, and then this throws.
  static void hold(Work& work) {
    if (work.lock) work.lock->find_entry(0);
  }

  const MoveParts& parts_;
  std::span<const Jurisdiction* const> jurisdictions_;
  std::unique_ptr<Connection> source_, target_, into_;
  std::vector<TableShape> shapes_;
};

}  // namespace

MoveReport move_site(const MoveParts& parts, std::span<const Jurisdiction* const> jurisdictions) {
  return Move(parts, jurisdictions).run();
}

}  // namespace huiyin::storage
