// The absences of staff over SQL.
#pragma once

#include "app/absence_rows.h"
#include "storage/database.h"

namespace huiyin::storage {

std::unique_ptr<app::Rows> make_absence_rows(Connection& connection, JurisdictionId jurisdiction);

}  // namespace huiyin::storage
