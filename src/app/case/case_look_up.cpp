#include "app/case/case_look_up.h"

#include "app/case/case_rows.h"
#include "app/user_member.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

std::optional<cases::OtherCase> find_other(ReadView& view, RecordId self, std::string_view reference) {
  const auto asked = CaseReference::parse(reference);
  if (!asked) return std::nullopt;
  const auto row = view.rows<CaseRows>().find_by_reference(asked->text());
  if (!row || row->id == self) return std::nullopt;
  const auto loaded = load<cases::Case>(view, row->id);
  if (!loaded) return std::nullopt;
  return cases::OtherCase{row->id, loaded->state.phase, loaded->state.sealed, loaded->state.category,
                          cases::bars_of(loaded->state)};
}

std::optional<cases::Colleague> find_colleague(ReadView& view, std::string_view login) {
  const auto user = view.find_user(login);
  if (!user) return std::nullopt;
  const auto member = member_of(*user);
  return cases::Colleague{member.id, member.unit, member.is(Role::officer) && !member.disabled};
}

struct LookUp {
  ReadView& view;
  const Loaded<cases::Case>& on;
  const RecordKey& key;

  Result<void> operator()(cases::Merge& merge) const {
    merge.found = find_other(view, on.row.id, merge.into);
    if (const auto asked = CaseReference::parse(merge.into)) merge.into = asked->text();
    return {};
  }
  Result<void> operator()(cases::SetAbout& about) const {
    if (!about.login.empty()) about.found = find_colleague(view, about.login);
    return {};
  }
  Result<void> operator()(cases::ChangeHandler& change) const {
    change.found = find_colleague(view, change.login);
    return {};
  }
  Result<void> operator()(cases::RuleProposal& ruling) const {
    if (!on.state.proposal) return {};
    const auto row = view.find_event(on.row.id, on.state.proposal->number);
    OpenedContent content;
    if (row) key.open(*row, PrivateClass::staff_words, content);
    auto event = row ? decode<cases::Event>(row->name, row->facts, content) : std::nullopt;
    auto* proposed = event ? std::get_if<cases::Proposed>(&*event) : nullptr;
    if (proposed == nullptr || !(proposed->reason || proposed->words)) return Error{Code::unavailable, {key::committer_damaged}};
    if (proposed->into) ruling.found = find_other(view, on.row.id, *proposed->into);
    ruling.proposed = std::move(*proposed);
    return {};
  }
  template <class Other>
  Result<void> operator()(Other&) const {
    return {};
  }
};

}  // namespace

Result<void> look_up(ReadView& view, const Loaded<cases::Case>& on, const RecordKey& key, cases::Command& command) {
  return std::visit(LookUp{view, on, key}, command);
}

}  // namespace huiyin::app
