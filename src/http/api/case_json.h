// Cases as the API shows them.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "app/case/case_desk.h"
#include "base/catalogue.h"

namespace huiyin::http {

// Whom to call at once, instead of waiting for an answer; empty where there is no danger.
boost::json::array numbers_json(const cases::State& state, const rules::Pack& pack, Language language);
// {reference, secret, version, status, urgent, emergency_numbers, clocks, receipt}
std::string filed_json(const app::Filed& filed, const app::Jurisdiction& jurisdiction, Language language, Instant now);
std::string case_json(const app::CaseView& view, const app::Jurisdiction& jurisdiction, Language language, Instant now);
// {cases: [...], next: cursor or null}
std::string list_json(const std::vector<app::CaseListItem>& items, const app::CaseFilter& filter, Instant now);

// The cursor of a list: where the next page begins. Opaque to clients.
std::string cursor_after(const app::CaseRow& row, const app::CaseFilter& filter);
// False when the text is none of ours.
bool read_cursor(std::string_view text, app::CaseFilter& filter);

}  // namespace huiyin::http
