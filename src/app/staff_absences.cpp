// The absences of staff and the directory of a unit: the part of StaffDesk that is about colleagues.
#include <map>

#include "app/absence_rows.h"
#include "app/plain_job.h"
#include "app/staff_desk.h"
#include "app/user_member.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

Bond bond_of(const Actor& actor, const Member& member) {
  return {.in_unit = member.unit && member.unit == actor.unit, .is_own = member.id == actor.user};
}

// Whose absence it is about, if the actor may do this.
Result<Member> get_absent(ReadView& view, const Actor& actor, std::string_view login, std::string_view act) {
  if (!actor.user) return Error{Code::unauthenticated, {key::may_not_unknown}};
  const auto row = login.empty() ? view.find_user(*actor.user) : view.find_user(login);
  const bool there = row && !row->disabled;
  // Whoever may do it for nobody else does not learn which logins there are.
  const Bond bond = there ? bond_of(actor, member_of(*row)) : Bond{.in_unit = true};
  if (auto role = may(actor, act, bond, absence_rights()); !role.ok()) return std::move(role).error();
  if (!there) return invalid_field("login", shortened(login), {key::expected_staff_login});
  return member_of(*row);
}

// What is known of everybody on one day, so that a list asks the store twice and not once a row. The absences are those of a
// unit, or of all.
class Roll {
 public:
  Roll(ReadView& view, Day today, const std::optional<UnitCode>& unit) : today_(today) {
    for (const auto& row : view.list_users()) members_.emplace(row.id, member_of(row));
    for (const auto& absence : view.rows<AbsenceRows>().list(today, unit)) absences_.emplace(absence.staff, absence);
  }

  AbsenceItem item_of(const Absence& absence) const {
    AbsenceItem item{absence, members_.at(absence.staff), members_.at(absence.deputy), members_.at(absence.set_by).name};
    const auto away = find_absence(absence.deputy);
    if (away && away->meets(std::max(absence.first, today_), absence.last)) item.deputy_away = away;
    return item;
  }
  template <class Fits>
  std::vector<Candidate> list(Fits fits) const {
    std::vector<Candidate> out;
    for (const auto& [id, member] : members_) {
      if (!member.disabled && fits(member)) out.push_back({member, find_absence(id)});
    }
    std::ranges::sort(out, {}, [](const Candidate& one) { return one.member.login; });
    return out;
  }

 private:
  std::optional<Absence> find_absence(UserId staff) const {
    const auto found = absences_.find(staff);
    return found == absences_.end() ? std::nullopt : std::optional(found->second);
  }

  Day today_;
  std::map<UserId, Member> members_;
  std::map<UserId, Absence> absences_;  // running or to come
};

}  // namespace

std::vector<Member> StaffDesk::list_unit(const Jurisdiction& jurisdiction, const Actor& actor, Accounts accounts) {
  std::vector<Member> out;
  if (!actor.unit) return out;
  for (const auto& row : parts_.store.read(jurisdiction.id)->list_users()) {
    if (row.unit == actor.unit && (accounts == Accounts::all || !row.disabled)) out.push_back(member_of(row));
  }
  return out;
}

std::optional<Member> StaffDesk::find(const Jurisdiction& jurisdiction, std::string_view login) {
  const auto row = parts_.store.read(jurisdiction.id)->find_user(login);
  return row ? std::optional(member_of(*row)) : std::nullopt;
}

Result<AbsenceList> StaffDesk::list_absences(const Jurisdiction& jurisdiction, const Actor& actor, std::string_view login) {
  const auto view = parts_.store.read(jurisdiction.id);
  auto whose = get_absent(*view, actor, login, "read_absence");
  if (!whose.ok()) return std::move(whose).error();
  const auto today = jurisdiction.zone->day_of(parts_.clock.now());
  AbsenceList list{.whose = *std::move(whose)};
  const Roll roll(*view, today, actor.is(Role::steward) ? std::nullopt : list.whose.unit);
  const bool is_own = list.whose.id == actor.user;
  auto& absences = view->rows<AbsenceRows>();
  if (const auto own = absences.find(list.whose.id); own && own->last >= today) list.own = roll.item_of(*own);
  for (const auto& absence : absences.list_for_deputy(list.whose.id, today)) {
    auto item = roll.item_of(absence);
    if (can_stand_in(list.whose, item.staff)) list.acts_for.push_back(std::move(item));
  }
  list.deputies =
      roll.list([&](const Member& member) { return can_stand_in(member, list.whose) && (is_own || member.id != actor.user); });
  if (!is_own) return list;
  list.people = roll.list([&](const Member& member) {
    return member.id != actor.user && may(actor, "set_absence", bond_of(actor, member), absence_rights()).ok();
  });
  for (const auto& person : list.people) {
    if (person.away) list.others.push_back(roll.item_of(*person.away));
  }
  std::ranges::sort(list.others, {}, [](const AbsenceItem& one) { return std::pair(one.absence.first, one.absence.staff); });
  return list;
}

void StaffDesk::set_absence(const Jurisdiction& jurisdiction, Actor actor, NewAbsence asked,
                            std::function<void(Result<void>)> done) {
  const auto now = parts_.clock.now();
  const auto today = jurisdiction.zone->day_of(now);
  parts_.committer.submit(std::make_unique<PlainJob>(
      jurisdiction.id,
      [actor = std::move(actor), asked = std::move(asked), now, today](Ledger& ledger) -> Result<void> {
        auto& view = ledger.view();
        const auto absent = get_absent(view, actor, asked.login, "set_absence");
        if (!absent.ok()) return absent.error();
        const auto row = view.find_user(asked.deputy);
        if (!row) return invalid_field("deputy", shortened(asked.deputy), {key::expected_deputy_colleague});
        const auto deputy = member_of(*row);
        auto& absences = view.rows<AbsenceRows>();
        const AbsenceAsked question{*absent, deputy, asked.first, asked.last, *actor.user, absences.find(deputy.id)};
        if (auto wrong = faults_of(question, today); !wrong.empty()) {
          return invalid_fields(std::move(wrong));
        }
        absences.put({absent->id, deputy.id, asked.first, asked.last, *actor.user, now});
        return {};
      },
      std::move(done)));
}

void StaffDesk::end_absence(const Jurisdiction& jurisdiction, Actor actor, std::string login,
                            std::function<void(Result<void>)> done) {
  const auto today = jurisdiction.zone->day_of(parts_.clock.now());
  parts_.committer.submit(std::make_unique<PlainJob>(
      jurisdiction.id,
      [actor = std::move(actor), login = std::move(login), today](Ledger& ledger) -> Result<void> {
        const auto absent = get_absent(ledger.view(), actor, login, "set_absence");
        if (!absent.ok()) return absent.error();
        auto& absences = ledger.view().rows<AbsenceRows>();
        const auto absence = absences.find(absent->id);
        if (!absence || absence->last < today) return Error{Code::not_found, {key::absence_none}};
        absences.erase(absent->id);
        return {};
      },
      std::move(done)));
}

}  // namespace huiyin::app
