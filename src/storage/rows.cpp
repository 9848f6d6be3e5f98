// The read tables of every record type: one line each.
#include "storage/case_rows.h"
#include "storage/sql_store.h"

namespace huiyin::storage {

std::span<const RowsMaker> all_rows() {
  static constexpr std::array makers{RowsMaker{app::CaseRows::record_type, make_case_rows}};
  return makers;
}

}  // namespace huiyin::storage
