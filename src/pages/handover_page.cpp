#include "pages/handover_page.h"

#include <fmt/format.h>

#include "pages/layout.h"
#include "pages/time_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

Html officer_options(const Setting& here, const std::vector<Member>& officers, std::string_view selected,
                     std::string_view without) {
  auto out = option("", here.say(key::choose), selected.empty());
  for (const auto& one : officers) {
    const bool can_take = without.empty() || (!one.disabled && one.login != without);
    const auto words = here.say(key::person_and_login, {{"name", one.name}, {"login", one.login}});
    if (can_take) out += option(one.login, words, selected == one.login);
  }
  return out;
}

Html case_row(const Setting& here, const app::CaseListItem& item, const Html& end) {
  const auto title = item.title.empty() ? here.say(key::case_without_words) : item.title;
  return tag("li", {},
             {tag("div", {{"class", "matter"}},
                  {tag("a", {{"href", here.path("/staff/cases/" + item.row.reference)}, {"dir", "auto"}}, {title}),
                   tag("p", {{"class", "meta"}}, {tag("span", {{"class", "reference"}}, {item.row.reference})})}),
              tag("div", {{"class", "row-due"}}, {end})});
}

Html whose_form(const Setting& here, const HandoverPage& page) {
  Form form(here, "whose", {});
  return tag("form", {{"class", "filters"}, {"method", "get"}, {"action", here.path("/staff/handover")}},
             {form.select("of", here.say(key::handover_of), "", officer_options(here, page.officers, page.of, "")),
              button(here.say(key::handover_show), page.of.empty() ? "primary" : "second")});
}

Html whom_form(const Setting& here, const HandoverPage& page) {
  const auto can_take = [&](const Member& one) { return !one.disabled && one.login != page.of; };
  if (std::ranges::none_of(page.officers, can_take)) return paragraph("hint", here.say(key::handover_nobody));
  Form form(here, "handover", page.typed);
  const auto field =
      form.select("to", here.say(key::handover_to), "", officer_options(here, page.officers, form.value("to"), page.of));
  return form.summary() + tag("form", {{"method", "post"}, {"action", here.path("/staff/handover")}, {"novalidate", true}},
                              {hidden_input("csrf", page.staff.csrf), hidden_input("of", page.of), field,
                               button(here.say(key::handover_act), "primary")});
}

Html head_html(const Setting& here) {
  return tag("p", {{"class", "over"}}, {link(here.path("/staff/"), here.say(key::staff_back))}) +
         tag("h1", {}, {here.say(key::handover_head)}) + paragraph(here.say(key::handover_lead));
}

}  // namespace

std::string handover_page(const Setting& here, const HandoverPage& page) {
  auto main = head_html(here) + whose_form(here, page);
  if (!page.of.empty() && page.items.empty()) main += paragraph("hint", here.say(key::handover_none));
  if (!page.items.empty()) {
    Html rows;
    for (const auto& item : page.items) {
      rows += case_row(here, item, item.row.due ? due_mark(here, *item.row.due) : Html());
    }
    const auto heading = here.say(key::handover_list, {{"count", fmt::format("{}", page.items.size())}});
    main += tag("section", {},
                {tag("h2", {}, {heading}), tag("ol", {{"class", "queue handed"}, {"aria-label", heading}}, {std::move(rows)}),
                 tag("section", {{"class", "card act-main"}}, {whom_form(here, page)})});
  }
  return document(here, {here.say(key::handover_head), Look::staff, &page.staff}, main);
}

std::string handover_result_page(const Setting& here, const HandoverResult& result) {
  Html rows;
  std::size_t done = 0;
  for (const auto& [item, refused] : result.outcomes) {
    done += refused ? 0 : 1;
    const auto words =
        refused ? here.say(key::handover_refused, {{"reason", here.say(refused->message)}}) : here.say(key::handover_done);
    rows += case_row(here, item,
                     tag("span", {{"class", refused ? "mark-late" : "mark-good"}},
                         {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {refused ? "▲" : "✓"}), words}));
  }
  const auto count = fmt::format("{}", result.outcomes.size());
  const bool all = done == result.outcomes.size();
  const auto sum =
      all ? here.say(key::handover_all, {{"count", count}, {"name", result.to.name}})
          : here.say(key::handover_some, {{"done", fmt::format("{}", done)}, {"count", count}, {"name", result.to.name}});
  auto main = head_html(here) + (all ? notice(sum) : tag("div", {{"class", "summary"}, {"role", "alert"}}, {paragraph(sum)}));
  if (result.more) main += paragraph(here.say(key::handover_more));
  main += tag("section", {},
              {tag("h2", {}, {here.say(key::handover_done_head)}),
               tag("ol", {{"class", "queue handed"}, {"aria-label", here.say(key::handover_done_head)}}, {std::move(rows)}),
               tag("p", {}, {link(here.path("/staff/handover"), here.say(key::handover_again))})});
  return document(here, {here.say(key::handover_head), Look::staff, &result.staff}, main);
}

}  // namespace huiyin::pages
