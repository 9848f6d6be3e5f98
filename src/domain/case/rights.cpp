// Who may do what with a case. Nothing outside this table is allowed. A steward has no row: setting up accounts and packs opens
// no content. Only its requester reads the identity, and who was let see it, for a reason that the requester reads too.
#include <algorithm>

#include "domain/case/case.h"

namespace huiyin::cases {

// tidy: long because it is one table.
std::span<const Right> Case::rights() {
  using enum Role;
  using enum When;
  static constexpr std::array table{std::to_array<Right>({
      {"submit", requester, always},
      {"submit", dispatcher, always},  // the parts of a letter that is split
      {"submit", system, always},
      {"read", requester, holds_secret},
      {"read", dispatcher, always},
      {"read", officer, in_unit},
      {"read", officer, in_support},
      {"read", officer, in_review},
      {"read", leader, in_unit},
      {"read", leader, in_support},
      {"read", leader, in_review},
      {"read", signer, in_unit},
      {"read", supervisor, always},
      {"read", system, always},
      {"read_identity", requester, holds_secret},
      {"read_identity", dispatcher, may_know},
      {"read_identity", officer, may_know},
      {"read_identity", leader, may_know},
      {"read_notes", dispatcher, always},
      {"read_notes", officer, in_unit},
      {"read_notes", officer, in_support},
      {"read_notes", officer, in_review},
      {"read_notes", leader, in_unit},
      {"read_notes", leader, in_support},
      {"read_notes", leader, in_review},
      {"read_notes", signer, in_unit},
      {"read_notes", supervisor, always},
      {"read_rating", requester, holds_secret},
      {"note", dispatcher, always},
      {"note", officer, in_unit},
      {"note", officer, in_support},
      {"note", officer, in_review},
      {"note", leader, in_unit},
      {"note", supervisor, always},
      {"accept", dispatcher, always},
      {"accept", system, always},
      {"assign", dispatcher, always},
      {"assign", system, always},
      {"support", dispatcher, always},
      {"release_support", dispatcher, always},
      {"rule", dispatcher, always},
      {"split", dispatcher, always},
      {"split_back", dispatcher, always},
      {"split_back", system, always},
      {"set_about", dispatcher, always},
      {"set_urgent", dispatcher, always},
      {"assign_review", dispatcher, always},
      {"start", officer, in_unit},
      {"start", system, always},
      {"answer", officer, in_unit},
      {"answer", system, always},
      {"object", officer, in_unit},
      {"ask", officer, in_unit},
      {"ask_correction", officer, in_unit},
      {"pause", officer, in_unit},
      {"resume", officer, in_unit},
      {"resume", leader, in_unit},
      // Those whose answer is reviewed do not stop the review
      {"pause_review", officer, in_review},
      {"resume_review", officer, in_review},
      {"resume_review", leader, in_review},
      {"contribute", officer, in_support},
      {"promise", officer, in_unit},
      {"fulfil", officer, in_unit},
      {"decide_review", officer, in_review},
      {"change_handler", leader, in_unit},
      {"recuse", dispatcher, always},
      {"recuse", officer, in_unit},
      {"recuse", officer, in_support},
      {"recuse", officer, in_review},
      {"recuse", leader, in_unit},
      {"recuse", signer, in_unit},
      {"recuse", supervisor, always},
      {"close", dispatcher, always},
      {"close", officer, in_unit},
      {"close", system, always},
      // Of the requester
      {"reply", requester, holds_secret},
      {"rate", requester, holds_secret},
      {"withdraw", requester, holds_secret},
      {"reopen", requester, holds_secret},
      {"ask_review", requester, holds_secret},
      // What nobody does alone: who may propose it, and who, being another, may approve it
      {"not_accept", dispatcher, always},
      {"approve_not_accept", dispatcher, always},
      {"approve_not_accept", supervisor, always},
      {"ask_extension", officer, in_unit},
      {"approve_extension", leader, in_unit},
      {"approve_answer", signer, in_unit},
      {"approve_answer", leader, in_unit},
      {"hand_over", dispatcher, always},
      {"hand_over", officer, in_unit},
      {"approve_hand_over", dispatcher, always},
      {"approve_hand_over", leader, in_unit},
      {"prove_hand_over", dispatcher, always},
      {"prove_hand_over", officer, in_unit},
      {"merge", dispatcher, always},
      {"approve_merge", dispatcher, always},
      {"approve_merge", supervisor, always},
      {"reopen_by_staff", dispatcher, always},
      {"reopen_by_staff", supervisor, always},
      {"approve_reopen", dispatcher, always},
      {"approve_reopen", supervisor, always},
      {"reveal", dispatcher, always},
      {"reveal", officer, in_unit},
      {"reveal", officer, in_review},
      {"reveal", leader, in_unit},
      {"approve_reveal", leader, in_unit},
      {"approve_reveal", supervisor, always},
      {"approve_reveal_in_review", leader, in_review},
      {"approve_reveal_in_review", supervisor, always},
      {"lapse", officer, in_unit},
      {"approve_lapse", leader, in_unit},
      {"approve_lapse", supervisor, always},
      {"take_back", dispatcher, always},
      {"take_back", officer, in_unit},
      {"take_back", officer, in_review},
      {"take_back", leader, in_unit},
      {"take_back", supervisor, always},
      // Of the program itself
      {"watch", system, always},
      {"recount", system, always},
      {"take_answer", system, always},
  })};
  return table;
}

Bond bond(const State& state, RecordId id, const Actor& actor, const rules::Pack& pack) {
  Bond out;
  out.holds_secret = actor.holds == id;
  const auto units = units_of(state);
  if (actor.unit) {
    out.in_unit = units.lead == actor.unit;
    out.in_support = std::ranges::find(units.supports, *actor.unit) != units.supports.end();
    out.in_review = units.review == actor.unit;
  }
  const auto closed_to = bars_of(state);
  const auto own = bars_of(actor, pack);
  out.barred = std::ranges::find_first_of(closed_to, own) != closed_to.end();
  // Only as long as they have to do with the case.
  const bool told = actor.user && std::ranges::find(state.knowing, *actor.user) != state.knowing.end();
  out.may_know = told && may(actor, "read", out, Case::rights()).ok();
  return out;
}

std::string_view act_of(const State& state, const Command& command) {
  static constexpr std::array<std::string_view, Names<Deed>::values.size()> approvals{
      "approve_not_accept", "approve_extension", "approve_answer", "approve_hand_over",
      "approve_merge",      "approve_reopen",    "approve_reveal", "approve_lapse"};
  if (state.phase == Phase::in_review) {  // those whose answer is reviewed have no say in it
    if (std::holds_alternative<Pause>(command)) return "pause_review";
    if (std::holds_alternative<Resume>(command)) return "resume_review";
    const bool reveals = state.proposal && state.proposal->deed == Deed::reveal;
    if (reveals && std::holds_alternative<RuleProposal>(command)) return "approve_reveal_in_review";
  }
  if (!std::holds_alternative<RuleProposal>(command)) return name_of_alternative(command);
  // Without a proposal there is nothing to approve; decide() says so to those who could.
  return state.proposal ? approvals[static_cast<std::size_t>(state.proposal->deed)] : approvals.front();
}

}  // namespace huiyin::cases
