// A leaver's cases, handed to a colleague one after the other.
#include "http/pages/staff_visit.h"
#include "http/pages/visit.h"
#include "http/problem.h"
#include "http/visitor.h"
#include "pages/handover_page.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

constexpr std::string_view handover_address = "/staff/handover";

// If they lead a unit; nothing when the answer was given already.
std::optional<app::SignedIn> leader_of(const VisitPtr& visit, std::optional<app::SignedIn> staff) {
  if (!staff || (staff->actor.is(Role::leader) && staff->actor.unit)) return staff;
  visit->refuse({Code::forbidden, {key::may_not_role}});
  return std::nullopt;
}

std::vector<Member> officers_of(const Visit& visit, const app::SignedIn& leader) {
  auto members = visit.services.staff.list_unit(visit.services.jurisdiction, leader.actor, app::Accounts::all);
  std::erase_if(members, [](const Member& one) { return !one.is(Role::officer); });
  return members;
}

const Member* find(const std::vector<Member>& members, std::string_view login) {
  const auto found = std::ranges::find(members, login, &Member::login);
  return found == members.end() ? nullptr : &*found;
}

// What that officer has in hand in this leader's unit: at work, or to come back to them.
Result<std::vector<app::CaseListItem>> in_hand_of(const Visit& visit, const app::SignedIn& leader, UserId officer) {
  using enum cases::Phase;
  std::vector<app::CaseListItem> all;
  app::CaseFilter filter;
  filter.unit = leader.actor.unit;
  filter.handler = officer;
  for (const auto phase : {in_work, answered, rated, in_review, merged, handing_over}) {
    if (all.size() >= app::list_rows_max) break;
    filter.phase = phase;
    filter.count = app::list_rows_max - all.size();
    auto items = visit.services.cases.list(visit.services.jurisdiction, leader.actor, filter);
    if (!items.ok()) return items;
    std::ranges::move(*items, std::back_inserter(all));
  }
  return all;
}

void show_handover(const VisitPtr& visit, const app::SignedIn& leader, unsigned status, std::string_view of, pages::Typed typed) {
  pages::HandoverPage page{leader, officers_of(*visit, leader)};
  page.typed = std::move(typed);
  if (const auto* officer = find(page.officers, of)) {
    page.of = officer->login;
    auto items = in_hand_of(*visit, leader, officer->id);
    if (!items.ok()) return visit->refuse(items.error());
    page.items = *std::move(items);
  }
  const auto where = std::string(handover_address) + (page.of.empty() ? "" : "?of=" + page.of);
  visit->show(status, pages::handover_page(visit->setting_at(where), page));
}

void show_cases(const VisitPtr& visit) {
  if (const auto leader = leader_of(visit, staff_of_page(visit)))
    show_handover(visit, *leader, 200, visit->request.parameter("of").value_or(""), {});
}

// Each case in turn: what one of them meets keeps none of the others.
class Handover : public std::enable_shared_from_this<Handover> {
 public:
  Handover(VisitPtr visit, app::SignedIn leader, Member to, std::vector<app::CaseListItem> items)
      : visit_(std::move(visit)), leader_(std::move(leader)), to_(std::move(to)), more_(items.size() >= app::list_rows_max) {
    for (auto& item : items) {
      const auto view = visit_->services.cases.read(visit_->services.jurisdiction, leader_.actor, item.row.id);
      versions_.push_back(view.ok() ? view->version : 0);
      outcomes_.push_back({std::move(item), view.ok() ? std::nullopt : std::optional(view.error())});
    }
  }

  void go_on() {
    while (next_ < outcomes_.size() && outcomes_[next_].refused) ++next_;
    if (next_ == outcomes_.size()) return finish();
    const auto at = next_++;
    visit_->services.cases.act(visit_->services.jurisdiction, leader_.actor, outcomes_[at].item.row.id, versions_[at],
                               cases::ChangeHandler{to_.login},
                               [self = shared_from_this(), at](const Result<std::uint64_t>& done) {
                                 if (!done.ok()) self->outcomes_[at].refused = done.error();
                                 self->go_on();
                               });
  }

 private:
  void finish() {
    visit_->show(
        200, pages::handover_result_page(visit_->setting_at(std::string(handover_address)), {leader_, to_, outcomes_, more_}));
  }

  VisitPtr visit_;
  app::SignedIn leader_;
  Member to_;
  bool more_;
  std::vector<std::uint64_t> versions_;
  std::vector<pages::HandoverOutcome> outcomes_;
  std::size_t next_ = 0;
};

void hand_over(const VisitPtr& visit) {
  const auto leader = leader_of(visit, sender_of_page(visit));
  if (!leader) return;
  const auto officers = officers_of(*visit, *leader);
  const auto of = visit->field("of");
  const auto* from = find(officers, of);
  const auto* to = find(officers, visit->field("to"));
  if (from == nullptr) return show_handover(visit, *leader, 400, "", {});
  if (to == nullptr || to->disabled || to->id == from->id) {
    return show_handover(visit, *leader, 400, of, typed_from(visit->form, invalid_field("to", "", {key::expected_staff_login})));
  }
  auto items = in_hand_of(*visit, *leader, from->id);
  if (!items.ok()) return visit->refuse(items.error());
  std::make_shared<Handover>(visit, *leader, *to, *std::move(items))->go_on();
}

}  // namespace

void add_handover_pages(Router& router, Services& services) {
  add_page(router, services, "GET", handover_address, "handover", show_cases);
  add_page(router, services, "POST", handover_address, "handover_act", hand_over);
}

}  // namespace huiyin::http
