// The fields of an absence as they come from outside, from JSON and, by the same names, from forms.
#pragma once

#include <boost/json/fwd.hpp>

#include "app/staff_desk.h"
#include "base/result.h"

namespace huiyin::http {

enum class Whose : std::uint8_t { own_or_named, named };  // named: `login` must be there

// {login?, deputy, first_day, last_day}; days as 2026-03-01.
Result<app::NewAbsence> read_absence(const boost::json::value& fields, Whose whose);

}  // namespace huiyin::http
