#include "storage/case_rows.h"

#include <limits>

#include "sql.h"

namespace huiyin::storage {
namespace {

using app::CaseFilter;
using app::CaseRow;

constexpr std::int64_t beyond_all = std::numeric_limits<std::int64_t>::max();

template <class Code>
std::optional<std::string> text_of(const std::optional<Code>& code) {
  return code ? std::optional(code->text) : std::nullopt;
}

template <class Code>
std::optional<Code> code_of(std::optional<std::string> text) {
  return text ? std::optional(Code{*std::move(text)}) : std::nullopt;
}

cases::Phase phase_of(const std::string& text) {
  const auto phase = from_name<cases::Phase>(text);
  if (!phase) throw app::StoreFailure(app::StoreFailure::Kind::damaged, "a case row has an unknown phase: run `huiyin fsck`");
  return *phase;
}

CaseRow row_of(Query& row) {
  CaseRow out{{row.integer(0)},
              row.text(1),
              row.text(2),
              phase_of(row.text(3)),
              code_of<CategoryCode>(row.text_or_null(4)),
              code_of<UnitCode>(row.text_or_null(5)),
              {row.integer(6)},
              {row.integer(7)},
              std::nullopt,
              static_cast<int>(row.integer(9))};
  if (const auto due = row.integer_or_null(8)) out.due = Instant{*due};
  return out;
}

class CaseRows final : public app::CaseRows {
 public:
  CaseRows(Connection& connection, JurisdictionId jurisdiction) : connection_(connection), jurisdiction_(jurisdiction.number) {}

  std::optional<CaseRow> find(RecordId id) override {
    auto query = here(sql::case_find_case_sql);
    query.bind("$record", id.number);
    if (!query.step()) return std::nullopt;
    return row_of(query);
  }
  std::optional<CaseRow> find_by_reference(std::string_view reference) override {
    auto query = here(sql::case_find_case_by_reference_sql);
    query.bind("$reference", reference);
    if (!query.step()) return std::nullopt;
    return row_of(query);
  }

  // The narrowest condition chooses the index; the others filter what it gives.
  std::vector<CaseRow> list(const CaseFilter& filter) override {
    if (filter.visible.nothing()) return {};
    const auto unit = filter.unit ? filter.unit : filter.visible.all ? std::nullopt : filter.visible.unit;
    if (filter.due_before) return list_by_due(filter, unit);
    const auto statement = unit              ? sql::case_list_by_unit_sql
                           : filter.phase    ? sql::case_list_by_phase_sql
                           : filter.category ? sql::case_list_by_category_sql
                                             : sql::case_list_newest_sql;
    auto query = here(statement);
    if (unit) query.bind("$unit", unit->text);
    else if (filter.phase) query.bind("$phase", name_of(*filter.phase));
    else if (filter.category) query.bind("$category", filter.category->text);
    query.bind("$before", filter.after ? filter.after->number : beyond_all);
    return rows_of(query, filter);
  }

  std::vector<std::pair<cases::Phase, std::uint64_t>> count_by_phase(const Visible& visible) override {
    if (visible.nothing()) return {};
    auto query = here(sql::case_count_by_phase_sql);
    query.bind("$unit", visible.all ? std::nullopt : text_of(visible.unit));
    std::vector<std::pair<cases::Phase, std::uint64_t>> counts;
    while (query.step()) counts.emplace_back(phase_of(query.text(0)), query.natural(1));
    std::ranges::sort(counts);
    return counts;
  }

  void put(const CaseRow& row) override {
    const auto before = find(row.id);
    if (before) count(*before, -1);
    auto query = here(before ? sql::case_update_case_sql : sql::case_put_case_sql);
    query.bind("$record", row.id.number).bind("$secret_hash", row.secret_hash).bind("$phase", name_of(row.phase));
    query.bind("$category", text_of(row.category)).bind("$unit", text_of(row.unit)).bind("$updated", row.updated.ms);
    query.bind("$due", row.due ? std::optional(row.due->ms) : std::nullopt).bind("$returns", row.returns);
    if (!before) query.bind("$reference", row.reference).bind("$received", row.received.ms);
    query.run();
    count(row, 1);
  }

 private:
  Query here(std::string_view statement) {
    auto& cursor = connection_.cursor(statement);
    cursor.bind("$jurisdiction", jurisdiction_);
    return Query(cursor);
  }
  void count(const CaseRow& row, int change) {
    auto query = here(sql::case_add_to_count_sql);
    query.bind("$unit", row.unit ? row.unit->text : std::string())
        .bind("$phase", name_of(row.phase))
        .bind("$change", change)
        .run();
  }
  std::vector<CaseRow> list_by_due(const CaseFilter& filter, const std::optional<UnitCode>& unit) {
    auto query = here(unit ? sql::case_list_by_unit_due_sql : sql::case_list_by_due_sql);
    if (unit) query.bind("$unit", unit->text);
    query.bind("$due_before", filter.due_before->ms);
    query.bind("$after_due", filter.after_due ? filter.after_due->ms : -beyond_all)
        .bind("$after", filter.after ? filter.after->number : 0);
    return rows_of(query, filter);
  }
  static std::vector<CaseRow> rows_of(Query& query, const CaseFilter& filter) {
    query.bind("$seen_unit", filter.visible.all ? std::nullopt : text_of(filter.visible.unit));
    query.bind("$in_unit", text_of(filter.unit)).bind("$in_category", text_of(filter.category));
    query.bind("$in_phase", filter.phase ? std::optional(std::string(name_of(*filter.phase))) : std::nullopt);
    query.bind("$returns_min", filter.returned ? 1 : 0).bind("$count", std::min(filter.count, app::list_rows_max));
    std::vector<CaseRow> rows;
    while (query.step()) rows.push_back(row_of(query));
    return rows;
  }

  Connection& connection_;
  std::int64_t jurisdiction_;
};

}  // namespace

std::unique_ptr<app::Rows> make_case_rows(Connection& connection, JurisdictionId jurisdiction) {
  return std::make_unique<CaseRows>(connection, jurisdiction);
}

}  // namespace huiyin::storage
