// The tables of every matter: one line each.
#include "storage/absence_rows.h"
#include "storage/case_rows.h"
#include "storage/sql_store.h"

namespace huiyin::storage {

std::span<const RowsMaker> all_rows() {
  static constexpr std::array makers{RowsMaker{app::CaseRows::record_type, make_case_rows},
                                     RowsMaker{app::AbsenceRows::record_type, make_absence_rows}};
  return makers;
}

}  // namespace huiyin::storage
