// The read table of cases over SQL.
#pragma once

#include "app/case/case_rows.h"
#include "storage/database.h"

namespace huiyin::storage {

std::unique_ptr<app::Rows> make_case_rows(Connection& connection, JurisdictionId jurisdiction);

}  // namespace huiyin::storage
