#include "pages/staff_list_page.h"

#include <fmt/format.h>

#include "domain/case/words.h"
#include "pages/absence_page.h"
#include "pages/case_parts.h"
#include "pages/form.h"
#include "pages/layout.h"
#include "pages/staff_acts.h"
#include "pages/time_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

using cases::Phase;

constexpr std::array<Phase, 8> usual_phases{Phase::received, Phase::accepted, Phase::assigned, Phase::in_work,
                                            Phase::answered, Phase::rated,    Phase::closed,   Phase::not_accepted};
// Shown only where some case is in them.
constexpr std::array<Phase, 7> rare_phases{Phase::in_review, Phase::merged,    Phase::handing_over, Phase::handed_over,
                                           Phase::split,     Phase::withdrawn, Phase::lapsed};

Html phase_link(const Setting& here, const StaffListPage& page, std::optional<Phase> phase, std::uint64_t count) {
  auto query = page.query;
  query.phase = phase;
  const bool current = page.query.phase == phase;
  const auto words = phase ? here.say(cases::word_of(*phase)) : here.say(key::list_all);
  return tag("li", {},
             {tag("a",
                  {{"href", here.path("/staff/" + query_text(query, ""))},
                   {"aria-current", current ? std::optional<std::string>("true") : std::nullopt}},
                  {tag("span", {}, {words}), tag("span", {{"class", "count"}}, {fmt::format("{}", count)})})});
}

Html phase_links(const Setting& here, const StaffListPage& page) {
  std::uint64_t all = 0;
  for (const auto& [phase, count] : page.counts) all += count;
  auto list = phase_link(here, page, std::nullopt, all);
  const auto count_of = [&](Phase phase) {
    const auto found = std::ranges::find(page.counts, phase, [](const auto& pair) { return pair.first; });
    return found == page.counts.end() ? 0 : found->second;
  };
  for (const auto phase : usual_phases) list += phase_link(here, page, phase, count_of(phase));
  for (const auto phase : rare_phases) {
    if (count_of(phase) > 0 || page.query.phase == phase) list += phase_link(here, page, phase, count_of(phase));
  }
  return tag("nav", {{"class", "phases"}, {"aria-label", here.say(key::list_phases)}}, {tag("ul", {}, {std::move(list)})});
}

Html filters(const Setting& here, const StaffListPage& page) {
  const auto& query = page.query;
  Typed typed;
  if (query.returned) typed.values.emplace_back("returned", "true");
  if (query.due_first) typed.values.emplace_back("due", "true");
  if (query.urgent) typed.values.emplace_back("urgent", "true");
  if (query.proposed) typed.values.emplace_back("proposed", "true");
  if (query.mine) typed.values.emplace_back("mine", "true");
  Form form(here, "filter", std::move(typed));
  Html fields;
  if (query.phase) fields += hidden_input("phase", name_of(*query.phase));
  if (page.sees_all_units) {
    fields += form.select("unit", here.say(key::list_unit), "",
                          unit_options(here, query.unit ? query.unit->text : "", here.say(key::list_every_unit)));
  }
  fields += form.select("category", here.say(key::list_category), "",
                        category_options(here, query.category ? query.category->text : "", here.say(key::list_every_category)));
  fields += form.check("due", here.say(key::list_due_first), "") + form.check("returned", here.say(key::list_returned), "") +
            form.check("urgent", here.say(key::list_urgent), "") + form.check("proposed", here.say(key::list_proposed), "") +
            form.check("mine", here.say(key::list_mine), "");
  return tag(
      "form",
      {{"class", "filters"}, {"method", "get"}, {"action", here.path("/staff/")}, {"aria-label", here.say(key::list_filters)}},
      {std::move(fields), button(here.say(key::list_filter_act), "second")});
}

Html row_mark(std::string_view look, std::string_view shape, std::string_view words) {
  return tag("span", {{"class", look}}, {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {shape}), words});
}

Html row_html(const Setting& here, const StaffListPage& page, const app::CaseListItem& item) {
  const auto& row = item.row;
  const auto title = item.title.empty() ? here.say(key::case_without_words) : item.title;
  const auto category = row.category ? here.name_of(*row.category) : here.say(key::list_no_category);
  const auto unit = row.units.lead ? here.name_of(*row.units.lead) : here.say(key::list_no_unit);
  Html marks;
  if (row.urgent) marks += row_mark("mark-late", "▲", here.say(key::list_urgent_mark));
  if (row.proposed) {
    marks += row_mark("mark-near", "◆", here.say(key::list_proposed_mark, {{"deed", cases::word_of(*row.proposed)}}));
  }
  const bool mine = row.handler && row.handler == page.staff.user;
  if (mine) marks += row_mark("mark-plain", "●", here.say(key::list_mine_mark));
  return tag(
      "li", {},
      {tag("div", {{"class", "matter"}},
           {tag("a", {{"href", here.path("/staff/cases/" + row.reference)}, {"dir", "auto"}}, {title}),
            tag("p", {{"class", "meta"}},
                {marks, tag("span", {{"class", "reference"}}, {row.reference}), tag("span", {}, {category}),
                 tag("span", {}, {day_html(here, row.received)})})}),
       tag("div", {{"class", "row-unit"}},
           {unit, item.handler.empty() || mine ? Html() : tag("div", {{"dir", "auto"}, {"class", "hint"}}, {item.handler})}),
       tag("div", {{"class", "row-phase"}}, {phase_mark(here, row.phase, row.returns > 0)}),
       tag("div", {{"class", "row-due"}},
           {row.due ? tag("a", {{"href", here.path("/staff/cases/" + row.reference) + "#" + limits_place}},
                          {due_mark(here, *row.due)})
                    : tag("span", {{"class", "hint"}}, {here.say(key::list_no_clock)})})});
}

Html rows_html(const Setting& here, const StaffListPage& page, const std::vector<app::CaseListItem>& items, Key label) {
  Html rows;
  for (const auto& item : items) rows += row_html(here, page, item);
  return tag("ol", {{"class", "queue"}, {"aria-label", here.say(label)}}, {std::move(rows)});
}

Html empty_state(const Setting& here, const StaffListPage& page) {
  auto query = page.query;
  query.due_first = false;
  const bool filtered = !is_plain(query);
  return tag("div", {{"class", "empty"}},
             {mark_svg("hero-mark"), paragraph(here.say(filtered ? key::list_empty_filtered : key::list_empty)),
              filtered ? tag("p", {}, {link(here.path("/staff/"), here.say(key::list_show_all))}) : Html()});
}

Html pager(const Setting& here, const StaffListPage& page) {
  Html links;
  if (!page.first_page) links += link(here.path("/staff/" + query_text(page.query, "")), here.say(key::list_first));
  if (!page.older.empty()) {
    links += link(here.path("/staff/" + query_text(page.query, page.older)),
                  here.say(page.query.due_first ? key::list_later : key::list_older));
  }
  return links.empty() ? Html() : tag("nav", {{"class", "pager"}, {"aria-label", here.say(key::list_pages)}}, {std::move(links)});
}

}  // namespace

bool is_plain(const ListQuery& query) { return query == ListQuery{}; }

std::string query_text(const ListQuery& query, std::string_view cursor) {
  std::string out;
  const auto add = [&](std::string_view name, std::string_view value) {
    out += fmt::format("{}{}={}", out.empty() ? '?' : '&', name, value);
  };
  // Codes and cursors are letters, digits, dashes and dots: nothing in them needs an escape.
  if (query.phase) add("phase", name_of(*query.phase));
  if (query.unit) add("unit", query.unit->text);
  if (query.category) add("category", query.category->text);
  if (query.due_first) add("due", "true");
  if (query.returned) add("returned", "true");
  if (query.urgent) add("urgent", "true");
  if (query.proposed) add("proposed", "true");
  if (query.mine) add("mine", "true");
  if (!cursor.empty()) add("after", cursor);
  return out;
}

std::string staff_list_page(const Setting& here, const StaffListPage& page) {
  auto main = tag("h1", {}, {here.say(key::list_head)}) + deputy_line(here, page.staff);
  if (const auto done = done_words(here, page.done); !done.empty()) main += notice(done + " " + here.say(key::list_left));
  if (page.staff.actor.is(Role::leader))
    main += tag("p", {{"class", "over"}}, {link(here.path("/staff/handover"), here.say(key::handover_link))});
  if (!page.urgent.empty()) {
    main += tag("section", {{"class", "urgent"}},
                {tag("h2", {}, {here.say(key::list_urgent_head)}), rows_html(here, page, page.urgent, key::list_urgent_head)});
  }
  if (!page.without_dispatcher.empty()) {
    main += tag("section", {{"class", "urgent"}},
                {tag("h2", {}, {here.say(key::list_closed_head)}), paragraph(here.say(key::list_closed_hint)),
                 rows_html(here, page, page.without_dispatcher, key::list_closed_head)});
  }
  main += phase_links(here, page) + filters(here, page);
  main += page.items.empty() ? empty_state(here, page) : rows_html(here, page, page.items, key::list_label);
  return document(here, {here.say(key::list_head), Look::staff, &page.staff}, main + pager(here, page));
}

}  // namespace huiyin::pages
