// The tables, by name: what a site is made of and what it is not. `huiyin move` copies the former and nothing else, so a new
// table is a line here; tests/storage/tables_test.cpp holds the two lists against the schema.
#pragma once

#include <array>
#include <string_view>

namespace huiyin::storage {

// Those that are referred to come before those that refer to them. Each has the jurisdiction first in its primary key.
inline constexpr std::array<std::string_view, 17> site_tables{
    "jurisdiction", "log_head",    "pack",   "record",   "event",      "log_entry", "log_tile", "staff",         "lease",
    "session",      "idempotency", "import", "case_row", "case_count", "case_unit", "case_bar", "staff_absence",
};
// The first of them say that a jurisdiction is there, and whether it is written there.
inline constexpr std::size_t founding_tables = 2;

struct Apart {
  std::string_view name, why;
};

inline constexpr std::array<Apart, 2> tables_apart{{
    {"migration", "it is about the database itself, and each has its own"},
    {"request_count", "it is of the nodes that serve now, crosses jurisdictions and is forgotten after minutes"},
}};

// A column that is about the place and not about the site: it is neither copied nor compared.
inline constexpr std::string_view mark_column = "moved_to";  // of log_head

}  // namespace huiyin::storage
