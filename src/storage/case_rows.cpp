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

template <class Id>
std::optional<std::int64_t> number_of(const std::optional<Id>& id) {
  return id ? std::optional(id->number) : std::nullopt;
}

std::optional<std::int64_t> number_of(const std::optional<Instant>& at) { return at ? std::optional(at->ms) : std::nullopt; }

template <class Enum>
Enum named(const std::string& text) {
  const auto value = from_name<Enum>(text);
  if (!value) throw app::StoreFailure(app::StoreFailure::Kind::damaged, "a case row has an unknown word: run `huiyin fsck`");
  return *value;
}

// Lists within one column, each entry between separators: "|user:7|unit:roads|"; empty for none. No entry has the separator in
// it.
constexpr char separator = '|';

std::string joined(const std::vector<std::string>& entries) {
  std::string text;
  for (const auto& entry : entries) text += (text.empty() ? std::string(1, separator) : "") + entry + separator;
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> entries;
  for (auto from = std::size_t{1}; from < text.size();) {
    const auto end = std::min(text.find(separator, from), text.size());
    entries.emplace_back(text.substr(from, end - from));
    from = end + 1;
  }
  return entries;
}

std::string joined(const std::vector<UnitCode>& units) {
  std::vector<std::string> entries;
  for (const auto& unit : units) entries.push_back(unit.text);
  return joined(entries);
}

CaseRow row_of(Query& row) {
  CaseRow out;
  out.id = {row.integer(0)};
  out.reference = row.text(1);
  out.secret_hash = row.text(2);
  out.phase = named<cases::Phase>(row.text(3));
  out.category = code_of<CategoryCode>(row.text_or_null(4));
  out.units.lead = code_of<UnitCode>(row.text_or_null(5));
  out.received = {row.integer(6)};
  out.updated = {row.integer(7)};
  if (const auto due = row.integer_or_null(8)) out.due = Instant{*due};
  out.returns = static_cast<int>(row.integer(9));
  out.secret_of = row.text_or_null(10);
  for (auto& unit : split(row.text(11))) out.units.supports.push_back({std::move(unit)});
  out.units.review = code_of<UnitCode>(row.text_or_null(12));
  out.bars = split(row.text(13));
  if (const auto handler = row.integer_or_null(14)) out.handler = UserId{*handler};
  if (const auto watch = row.integer_or_null(15)) out.watch = Instant{*watch};
  out.urgent = row.integer(16) != 0;
  if (const auto deed = row.text_or_null(17)) out.proposed = named<cases::Deed>(*deed);
  if (const auto record = row.integer_or_null(18)) out.merged_into = RecordId{*record};
  out.provisional = row.integer(19) != 0;
  return out;
}

// What a unit has to do with a case, as case_unit says it.
struct Part {
  std::string_view name;
  UnitCode unit;
  [[nodiscard]] std::string counted() const { return std::string(name) + ":" + unit.text; }
};
constexpr std::string_view lead_part = "lead", support_part = "support", review_part = "review", bar_part = "bar";

std::vector<Part> parts_of(const UnitsOf& units) {
  std::vector<Part> parts;
  if (units.lead) parts.push_back({lead_part, *units.lead});
  for (const auto& unit : units.supports) parts.push_back({support_part, unit});
  if (units.review) parts.push_back({review_part, *units.review});
  return parts;
}

// A line of case_unit or case_bar.
using Beside = std::tuple<std::string, std::string, std::optional<std::int64_t>>;

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
    const auto statement = filter.urgent     ? sql::case_list_urgent_sql
                           : filter.handler  ? sql::case_list_by_handler_sql
                           : filter.proposed ? sql::case_list_proposed_sql
                           : unit            ? sql::case_list_by_unit_sql
                           : filter.phase    ? sql::case_list_by_phase_sql
                           : filter.category ? sql::case_list_by_category_sql
                                             : sql::case_list_newest_sql;
    auto query = here(statement);
    if (statement == sql::case_list_by_handler_sql) query.bind("$handler", filter.handler->number);
    else if (statement == sql::case_list_by_unit_sql) query.bind("$unit", unit->text);
    else if (statement == sql::case_list_by_phase_sql) query.bind("$phase", name_of(*filter.phase));
    else if (statement == sql::case_list_by_category_sql) query.bind("$category", filter.category->text);
    query.bind("$before", filter.after ? filter.after->number : beyond_all);
    return rows_of(query, filter);
  }

  std::vector<std::pair<cases::Phase, std::uint64_t>> count_by_phase(const Visible& visible) override {
    if (visible.nothing()) return {};
    auto query = here(sql::case_count_by_phase_sql);
    const auto part = [&](std::string_view name, bool seen) {
      return seen && !visible.all ? std::optional(Part{name, *visible.unit}.counted()) : std::nullopt;
    };
    query.bind("$all", visible.all ? std::optional(std::string()) : std::nullopt).bind("$lead", part(lead_part, true));
    query.bind("$support", part(support_part, visible.supports)).bind("$review", part(review_part, visible.reviews));
    bind_visible(query, visible);
    std::vector<std::pair<cases::Phase, std::uint64_t>> counts;
    while (query.step()) counts.emplace_back(named<cases::Phase>(query.text(0)), query.natural(1));
    std::ranges::sort(counts);
    return counts;
  }

  std::vector<app::Watched> list_watched(Instant now, const app::Watched& after, std::size_t count) override {
    auto query = here(sql::case_list_watched_sql);
    query.bind("$now", now.ms).bind("$after_watch", after.since.ms).bind("$after", after.id.number).bind("$count", count);
    std::vector<app::Watched> watched;
    while (query.step()) watched.push_back({{query.integer(1)}, {query.integer(0)}});
    return watched;
  }
  std::vector<RecordId> list_provisional(RecordId after, std::size_t count) override {
    auto query = here(sql::case_list_provisional_sql);
    query.bind("$after", after.number);
    return records_of(query, count);
  }
  std::vector<RecordId> list_settled_mergers(RecordId after, std::size_t count) override {
    auto query = here(sql::case_list_settled_mergers_sql);
    query.bind("$after", after.number);
    return records_of(query, count);
  }

  void put(const CaseRow& row) override {
    const auto before = find(row.id);
    auto query = here(before ? sql::case_update_case_sql : sql::case_put_case_sql);
    query.bind("$record", row.id.number).bind("$secret_hash", row.secret_hash).bind("$secret_of", row.secret_of);
    query.bind("$phase", name_of(row.phase)).bind("$category", text_of(row.category)).bind("$unit", text_of(row.units.lead));
    query.bind("$supports", joined(row.units.supports)).bind("$review", text_of(row.units.review));
    query.bind("$bars", joined(row.bars)).bind("$handler", number_of(row.handler)).bind("$updated", row.updated.ms);
    query.bind("$due", number_of(row.due)).bind("$watch", number_of(row.watch)).bind("$returns", row.returns);
    query.bind("$urgent", row.urgent ? 1 : 0).bind("$merged_into", number_of(row.merged_into));
    query.bind("$provisional", row.provisional ? 1 : 0);
    query.bind("$proposed", row.proposed ? std::optional(std::string(name_of(*row.proposed))) : std::nullopt);
    if (!before) query.bind("$reference", row.reference).bind("$received", row.received.ms);
    query.run();
    const auto units_before = before ? before->units : UnitsOf{};
    const bool due_moved = before && before->due != row.due;
    if (units_before != row.units || (due_moved && row.units != UnitsOf{})) put_units(row, units_before != UnitsOf{});
    if ((before ? before->bars : std::vector<std::string>()) != row.bars) put_bars(row);
    if (before && before->phase == row.phase && before->units == row.units) return;
    if (before) count(*before, -1);
    count(row, 1);
  }

  bool is_indexed(const CaseRow& row) override {
    std::vector<Beside> expected, found;
    for (const auto& part : parts_of(row.units)) expected.push_back({std::string(part.name), part.unit.text, number_of(row.due)});
    for (const auto& bar : row.bars) expected.push_back({std::string(bar_part), bar, std::nullopt});
    auto query = here(sql::case_list_parts_sql);
    query.bind("$record", row.id.number);
    while (query.step()) found.push_back({query.text(0), query.text(1), query.integer_or_null(2)});
    std::ranges::sort(expected);
    std::ranges::sort(found);
    return found == expected;
  }
  std::vector<std::string> list_miscounts(std::size_t count) override {
    auto query = here(sql::case_list_miscounts_sql);
    query.bind("$count", count);
    std::vector<std::string> parts;
    while (query.step()) parts.push_back(query.text(0) + " " + query.text(1));
    return parts;
  }

 private:
  Query here(std::string_view statement) {
    auto& cursor = connection_.cursor(statement);
    cursor.bind("$jurisdiction", jurisdiction_);
    return Query(cursor);
  }
  void put_units(const CaseRow& row, bool again) {
    if (again) here(sql::case_erase_units_sql).bind("$record", row.id.number).run();
    for (const auto& part : parts_of(row.units)) {
      auto query = here(sql::case_put_unit_sql);
      query.bind("$unit", part.unit.text).bind("$record", row.id.number).bind("$part", part.name);
      query.bind("$due", number_of(row.due)).run();
    }
  }
  void put_bars(const CaseRow& row) {
    here(sql::case_erase_bars_sql).bind("$record", row.id.number).run();
    for (const auto& bar : row.bars) here(sql::case_put_bar_sql).bind("$record", row.id.number).bind("$bar", bar).run();
  }
  void count(const CaseRow& row, int change) {
    const auto add = [&](const std::string& part) {
      here(sql::case_add_to_count_sql).bind("$part", part).bind("$phase", name_of(row.phase)).bind("$change", change).run();
    };
    add({});
    for (const auto& part : parts_of(row.units)) add(part.counted());
  }
  std::vector<CaseRow> list_by_due(const CaseFilter& filter, const std::optional<UnitCode>& unit) {
    auto query = here(unit ? sql::case_list_by_unit_due_sql : sql::case_list_by_due_sql);
    if (unit) query.bind("$unit", unit->text);
    query.bind("$due_before", filter.due_before->ms);
    query.bind("$after_due", filter.after_due ? filter.after_due->ms : -beyond_all)
        .bind("$after", filter.after ? filter.after->number : 0);
    return rows_of(query, filter);
  }
  static void bind_visible(Query& query, const Visible& visible) {
    query.bind("$seen_unit", visible.all ? std::nullopt : text_of(visible.unit)).bind("$bars", joined(visible.bars));
    query.bind("$seen_supports", visible.supports ? 1 : 0).bind("$seen_reviews", visible.reviews ? 1 : 0);
  }
  static std::vector<CaseRow> rows_of(Query& query, const CaseFilter& filter) {
    bind_visible(query, filter.visible);
    query.bind("$in_unit", text_of(filter.unit)).bind("$in_category", text_of(filter.category));
    query.bind("$in_phase", filter.phase ? std::optional(std::string(name_of(*filter.phase))) : std::nullopt);
    query.bind("$in_handler", number_of(filter.handler)).bind("$returns_min", filter.returned ? 1 : 0);
    query.bind("$urgent_min", filter.urgent ? 1 : 0).bind("$proposed_min", filter.proposed ? 1 : 0);
    query.bind("$barred_min", filter.barred ? 1 : 0);
    query.bind("$count", std::min(filter.count, app::list_rows_max));
    std::vector<CaseRow> rows;
    while (query.step()) rows.push_back(row_of(query));
    return rows;
  }
  static std::vector<RecordId> records_of(Query& query, std::size_t count) {
    query.bind("$count", count);
    std::vector<RecordId> records;
    while (query.step()) records.push_back({query.integer(0)});
    return records;
  }

  Connection& connection_;
  std::int64_t jurisdiction_;
};

}  // namespace

std::unique_ptr<app::Rows> make_case_rows(Connection& connection, JurisdictionId jurisdiction) {
  return std::make_unique<CaseRows>(connection, jurisdiction);
}

}  // namespace huiyin::storage
