// The fields of each act of staff, named as the commands are (http/api/case_commands.h), with what fits best chosen already.
// Internal to the staff's page of a case. Pure functions.
#pragma once

#include "pages/form.h"
#include "pages/staff_case_page.h"

namespace huiyin::pages {

using ActFields = Html (*)(const Setting&, const StaffCasePage&, Form&);

Html no_fields(const Setting& here, const StaffCasePage& page, Form& form);

// The main road and the side ways: staff_act_fields.cpp
Html accept_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html assign_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html note_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html answer_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html object_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html rule_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html ask_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html ask_correction_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html pause_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html promise_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html fulfil_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html contribute_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html assign_review_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html decide_review_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html split_fields(const Setting& here, const StaffCasePage& page, Form& form);

// What nobody does alone, and who has to do with it: staff_deed_fields.cpp
Html rule_proposal_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html not_accept_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html ask_extension_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html hand_over_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html prove_hand_over_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html merge_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html split_back_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html reopen_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html reveal_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html lapse_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html support_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html release_support_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html change_handler_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html set_about_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html recuse_fields(const Setting& here, const StaffCasePage& page, Form& form);
Html set_urgent_fields(const Setting& here, const StaffCasePage& page, Form& form);

inline constexpr int answer_rows = 10;
inline constexpr int reason_rows = 6;
inline constexpr int note_rows = 4;

// What was typed, or else `otherwise`.
std::string chosen(const Form& form, std::string_view name, std::string otherwise);
Html reason_field(const Setting& here, Form& form, Key hint);
// Other officers of the unit to choose from; their login to be typed where nobody is known.
Html colleague_field(const Setting& here, const StaffCasePage& page, Form& form);

}  // namespace huiyin::pages
