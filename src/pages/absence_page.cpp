#include "pages/absence_page.h"

#include "base/day_words.h"
#include "domain/case/case.h"
#include "pages/layout.h"
#include "pages/role_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

std::string role_words(const Setting& here, const std::vector<Role>& roles) {
  std::string out;
  for (const auto role : roles) {
    auto word = here.say(word_of(role));
    out = out.empty() ? std::move(word) : here.say(key::role_and, {{"roles", out}, {"role", std::move(word)}});
  }
  return out;
}

std::string span_words(const Setting& here, const Absence& absence) {
  return span_of_days(absence.first, absence.last, here.zone.day_of(here.now), here.language);
}

Html time_span(const Setting& here, const Absence& absence) { return tag("strong", {}, {span_words(here, absence)}); }

// Running, or to come.
Html state_mark(const Setting& here, const Absence& absence) {
  const bool runs = absence.covers(here.zone.day_of(here.now));
  return tag("span", {{"class", runs ? "mark-near" : "mark-plain"}},
             {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {runs ? "◆" : "○"}),
              here.say(runs ? key::absence_runs : key::absence_to_come)});
}

Html deputy_away(const Setting& here, const app::AbsenceItem& item) {
  if (!item.deputy_away) return {};
  return tag("p", {{"class", "fault"}},
             {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"▲"}),
              here.say(key::absence_deputy_away, {{"name", item.deputy.name}, {"days", span_words(here, *item.deputy_away)}})});
}

Html end_form(const Setting& here, const AbsencePage& page, const app::AbsenceItem& item, bool own) {
  const auto words = own ? here.say(key::absence_end) : here.say(key::absence_end_of, {{"name", item.staff.name}});
  return tag(
      "form", {{"method", "post"}, {"action", here.path("/staff/absence/end")}},
      {hidden_input("csrf", page.staff.csrf), own ? Html() : hidden_input("login", item.staff.login), button(words, "quiet")});
}

Html set_by(const Setting& here, const app::AbsenceItem& item) {
  if (item.absence.set_by == item.absence.staff) return {};
  return paragraph("hint", here.say(key::absence_set_by, {{"name", item.set_by}}));
}

Html own_absence(const Setting& here, const AbsencePage& page) {
  const auto& own = page.list.own;
  if (!own) return paragraph("hint", here.say(key::absence_none_set));
  return tag("p", {}, {time_span(here, own->absence), " ", state_mark(here, own->absence)}) +
         tag("p", {{"dir", "auto"}}, {here.say(key::absence_acts_for_you, {{"name", own->deputy.name}})}) +
         deputy_away(here, *own) + set_by(here, *own) + end_form(here, page, *own, true);
}

Html acts_for(const Setting& here, const AbsencePage& page) {
  if (page.list.acts_for.empty()) return paragraph("hint", here.say(key::absence_acts_for_nobody));
  Html rows;
  for (const auto& item : page.list.acts_for) {
    auto roles = item.staff.roles;
    std::erase(roles, Role::steward);
    const auto as =
        roles.empty() ? here.say(key::absence_lends_nothing) : here.say(key::absence_lends, {{"roles", role_words(here, roles)}});
    rows += tag("li", {},
                {tag("strong", {{"dir", "auto"}}, {item.staff.name}), " ",
                 here.say(key::absence_until, {{"day", plain_day(item.absence.last, here.language)}}),
                 tag("p", {{"class", "hint"}}, {as})});
  }
  return tag("ul", {{"class", "absences"}}, {std::move(rows)}) + paragraph("hint", here.say(key::absence_recorded_as_you));
}

Html others(const Setting& here, const AbsencePage& page) {
  if (page.list.others.empty()) return paragraph("hint", here.say(key::absence_nobody_away));
  Html rows;
  for (const auto& item : page.list.others) {
    rows += tag("li", {},
                {tag("p", {}, {tag("strong", {{"dir", "auto"}}, {item.staff.name}), " ", state_mark(here, item.absence)}),
                 tag("p", {{"dir", "auto"}},
                     {here.say(key::absence_row, {{"days", span_words(here, item.absence)}, {"deputy", item.deputy.name}})}),
                 deputy_away(here, item), set_by(here, item), end_form(here, page, item, false)});
  }
  return tag("ul", {{"class", "absences"}}, {std::move(rows)});
}

// ---- Forms ----

Html people_options(const Setting& here, const std::vector<app::Candidate>& people, std::string_view selected) {
  Html out = option("", here.say(key::choose), selected.empty());
  for (const auto& [member, away] : people) {
    const auto words = here.say(key::person_and_login, {{"name", member.name}, {"login", member.login}});
    const auto days = away ? here.say(key::person_away, {{"person", words}, {"days", span_words(here, *away)}}) : words;
    out += option(member.login, days, selected == member.login);
  }
  return out;
}

Html person_field(const Setting& here, Form& form, std::string_view name, Key label, Key hint,
                  const std::vector<app::Candidate>& people) {
  if (people.size() <= people_to_choose_max)
    return form.select(name, here.say(label), here.say(hint), people_options(here, people, form.value(name)));
  return form.field(name, here.say(label), {.hint = here.say(hint) + " " + here.say(key::person_by_login)});
}

Html day_fields(const Setting& here, Form& form) {
  return tag("div", {{"class", "days"}},
             {form.field("first_day", here.say(key::absence_first_day), {.type = "date"}),
              form.field("last_day", here.say(key::absence_last_day), {.type = "date"})}) +
         paragraph("hint", here.say(key::absence_days_hint, {{"days", std::to_string(absence_days_max)}}));
}

Html own_form(const Setting& here, const AbsencePage& page) {
  if (page.list.deputies.empty()) return paragraph("hint", here.say(key::absence_no_deputy));
  auto typed = page.own;
  if (const auto& own = page.list.own; own && !typed.error) {
    typed.values = {
        {"deputy", own->deputy.login}, {"first_day", to_iso(own->absence.first)}, {"last_day", to_iso(own->absence.last)}};
  }
  Form form(here, "own", std::move(typed));
  const auto fields = person_field(here, form, "deputy", key::absence_deputy, key::absence_deputy_hint, page.list.deputies) +
                      day_fields(here, form);
  return form.summary() + (page.list.whose.is(Role::steward) ? paragraph("hint", here.say(key::absence_steward_stays)) : Html()) +
         tag("form", {{"method", "post"}, {"action", here.path("/staff/absence")}, {"novalidate", true}},
             {hidden_input("csrf", page.staff.csrf), fields,
              button(here.say(page.list.own ? key::absence_replace : key::absence_set), "primary")});
}

Html other_form(const Setting& here, const AbsencePage& page) {
  // Nobody makes themselves the deputy of another: it takes one who is away and one who acts.
  if (page.list.people.size() < 2) return paragraph("hint", here.say(key::absence_one_colleague));
  Form form(here, "other", page.other);
  const auto fields =
      person_field(here, form, "login", key::absence_who, key::absence_who_hint, page.list.people) +
      person_field(here, form, "deputy", key::absence_other_deputy, key::absence_other_deputy_hint, page.list.people) +
      day_fields(here, form);
  return tag("details", {{"class", "card act-other"}, {"open", form.failed()}},
             {tag("summary", {}, {here.say(key::absence_set_other)}), form.summary(),
              paragraph("hint", here.say(key::absence_set_other_hint)),
              tag("form", {{"method", "post"}, {"action", here.path("/staff/absence/other")}, {"novalidate", true}},
                  {hidden_input("csrf", page.staff.csrf), fields, button(here.say(key::absence_set), "second")})});
}

Html section(const Setting& here, Key head, Html inside) {
  return tag("section", {}, {tag("h2", {}, {here.say(head)}), std::move(inside)});
}

Html done_notice(const Setting& here, std::string_view done) {
  if (done == "set") return notice(here.say(key::absence_done_set));
  if (done == "ended") return notice(here.say(key::absence_done_ended));
  return {};
}

}  // namespace

std::string absence_page(const Setting& here, const AbsencePage& page) {
  const bool for_others = !page.list.people.empty();
  auto left = section(here, key::absence_mine, own_absence(here, page)) +
              section(here, key::absence_today, acts_for(here, page)) +
              (for_others ? section(here, key::absence_others, others(here, page)) : Html());
  auto right =
      tag("section", {{"class", "card act-main"}},
          {tag("h2", {}, {here.say(page.list.own ? key::absence_replace_head : key::absence_set_head)}), own_form(here, page)}) +
      (for_others ? other_form(here, page) : Html());
  const bool has_list = !visible(page.staff.actor, here.pack, cases::Case::rights()).nothing();
  auto main = (has_list ? tag("p", {{"class", "over"}}, {link(here.path("/staff/"), here.say(key::staff_back))}) : Html()) +
              tag("h1", {}, {here.say(key::absence_head)}) + done_notice(here, page.done) +
              paragraph(here.say(key::absence_lead)) +
              tag("div", {{"class", "two absence"}},
                  {tag("div", {{"class", "read"}}, {std::move(left)}), tag("div", {{"class", "screen"}}, {std::move(right)})});
  return document(here, {here.say(key::absence_head), Look::staff, &page.staff}, main);
}

Html deputy_line(const Setting& here, const app::SignedIn& staff) {
  Html lines;
  for (const auto& one : staff.acts_for) {
    const auto words =
        here.say(key::absence_also_acts, {{"name", one.absent.name}, {"day", plain_day(one.until, here.language)}});
    lines += tag("p", {{"dir", "auto"}}, {words});
  }
  return lines.empty() ? Html() : tag("div", {{"class", "acts-for"}}, {std::move(lines)});
}

}  // namespace huiyin::pages
