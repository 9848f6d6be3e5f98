// What somebody files, from JSON and, by the same names, from forms.
#pragma once

#include <boost/json/fwd.hpp>

#include "base/result.h"
#include "domain/case/commands.h"

namespace huiyin::http {

// {subject?, body?, category?, about?, people?, place?{address?, lat?, long?}, contact?{name?, phone?, email?},
// representatives?[{name?, phone?, email?}], on_behalf?{name, relation?}, language?}; the API's POST /cases.
Result<cases::Submit> read_submit(const boost::json::value& fields, cases::Channel channel, Language language);

}  // namespace huiyin::http
