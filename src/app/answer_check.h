// The kinds of answer of a pack, checked over their JSON and written again (app/pack_check.h).
#pragma once

#include <boost/json/fwd.hpp>

#include "base/json.h"
#include "domain/rules/pack.h"

namespace huiyin::app {

// Reads `answers`: at least one kind; the first is the usual one.
void check_answers(FieldReader& reader, rules::Pack& pack);

boost::json::array answers_json(const std::vector<rules::AnswerKind>& answers);

}  // namespace huiyin::app
