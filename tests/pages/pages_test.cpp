// Every page, in both languages, with hostile words in every field a stranger can fill.
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "domain/case/words.h"
#include "pages/absence_page.h"
#include "pages/asset.h"
#include "pages/case_page.h"
#include "pages/case_parts.h"
#include "pages/error_page.h"
#include "pages/handover_page.h"
#include "pages/home_page.h"
#include "pages/hostile_case.h"
#include "pages/receipt_page.h"
#include "pages/report_page.h"
#include "pages/sign_in_page.h"
#include "pages/staff_case_page.h"
#include "pages/staff_list_page.h"
#include "pages/time_words.h"
#include "pages/track_page.h"
#include "pages/verify_page.h"
#include "pages/witnesses_page.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

using cases::Phase;
using fixtures::at;
using testing::HasSubstr;
using testing::Not;

Typed hostile_form(std::initializer_list<const char*> fields) {
  Typed typed;
  typed.error = Error{Code::invalid, {key::invalid_fields}};
  for (const char* field : fields) {
    typed.values.emplace_back(field, hostile);
    typed.error->fields.push_back({field, hostile, {key::expected_length, {{"min", "0"}, {"max", hostile}}}});
  }
  typed.error->fields.push_back({hostile, hostile, {key::expected_field_like, {{"name", hostile}}}});
  return typed;
}

using Pages = std::map<std::string, std::string>;

const app::SignedIn& hostile_staff() {
  const Actor actor{.roles = {Role::leader}, .user = UserId{1}};
  static const app::SignedIn staff{
      {1}, "login", hostile, actor, hostile, {}, {{{{2}, hostile, hostile, {}}, fixtures::day("2026-03-05")}}};
  return staff;
}

// Of a leader and steward: everybody away, and everybody's deputy too.
app::AbsenceList hostile_absences() {
  const Member member{{2}, hostile, hostile, {Role::leader, Role::officer, Role::steward}};
  const Absence away{{2}, {3}, fixtures::day("2026-02-27"), fixtures::day("2026-03-05"), {4}, at(noon)};
  const app::AbsenceItem item{away, member, member, hostile, away};
  return {member, item, {item, item}, {{member, away}, {member, {}}}, {{member, away}}, {item}};
}

void add_absence_pages(Pages& out, const Setting& here) {
  const auto list = hostile_absences();
  const app::AbsenceList nothing{.whose = {{1}, "login", "Wang", {Role::officer}}};
  const auto typed = hostile_form({"login", "deputy", "first_day", "last_day"});
  out["absence"] = absence_page(here, {.staff = hostile_staff(), .list = list, .done = "set"});
  out["absence wrong"] = absence_page(here, {.staff = hostile_staff(), .list = list, .own = typed, .other = typed});
  out["absence empty"] = absence_page(here, {.staff = hostile_staff(), .list = nothing, .done = hostile});
  auto many = list;
  many.people.resize(people_to_choose_max + 1, many.people.front());
  many.deputies = many.people;
  out["absence of many"] = absence_page(here, {.staff = hostile_staff(), .list = many, .other = typed});
}

Pages all_pages(const Town& town, Language language) {
  const auto here = town.setting(language);
  Pages out;
  out["home"] = home_page(here);
  out["home without offices"] = home_page(Town{}.setting(language));
  out["report"] = report_page(here, {}, "once");
  out["report wrong"] = report_page(
      here,
      hostile_form({"body", "subject", "place.address", "category", "contact.name", "contact.phone", "contact.email", "about",
                    "people", "representatives.0.name", "representatives.3.email", "on_behalf.name", "on_behalf.relation"}),
      hostile);
  out["track"] = track_page(here, {});
  out["track wrong"] = track_page(here, hostile_form({"reference", "secret"}));
  app::Filed filed{hostile, hostile, {1}, 1, hostile_view(town, Phase::received).state, {}};
  out["receipt"] = receipt_page(here, filed, "http://answers.example.org");
  filed.receipt = app::Receipt{hostile, {}, {7, {}, {}}, hostile, false};
  out["receipt with a proof"] = receipt_page(here, filed, "http://answers.example.org");
  out["verify"] = verify_page(here, {hostile, {hostile, hostile}});
  app::PublishedHead head{{7, hostile}, true, {{hostile, 1}}};
  const app::Publisher::Vouching vouching{hostile, hostile, 1, UINT64_MAX, 7, app::WitnessFault::conflict};
  out["witnesses"] = witnesses_page(here, {hostile, head, {vouching, {hostile, hostile, {}, {}, 0, {}}}, 1});
  head.witnessed = false;
  out["witnesses lacking"] = witnesses_page(here, {hostile, head, {vouching}, 1});
  out["witnesses none"] = witnesses_page(here, {hostile, {}, {}, 0});
  out["sign in"] = sign_in_page(here, hostile_form({"login", "password"}), hostile);
  for (const unsigned status : {400U, 403U, 404U, 405U, 408U, 409U, 413U, 429U, 500U, 503U}) {
    out["error " + std::to_string(status)] =
        error_page(here, {Code::invalid, {key::act_unknown, {{"act", hostile}}}}, status, hostile);
  }
  add_absence_pages(out, here);
  StaffListPage list{.staff = hostile_staff()};
  out["list empty"] = staff_list_page(here, list);
  list.query = {Phase::received, UnitCode{"roads"}, CategoryCode{"potholes"}, true, true, true, true, true};
  list.sees_all_units = true;
  list.counts = {{Phase::received, 7}, {Phase::in_review, 1}};
  app::CaseRow row{};
  row.reference = "F7K-3M2-Q9X";
  row.phase = Phase::in_work;
  row.category = fixtures::pipes;
  row.units.lead = UnitCode{hostile};
  row.handler = UserId{1};
  row.received = row.updated = at(noon);
  row.due = at(noon);
  row.returns = 2;
  row.urgent = true;
  row.proposed = cases::Deed::reveal;
  app::CaseRow bare{};
  bare.reference = "F7K-3M2-Q9Y";
  bare.phase = Phase::received;
  list.items = {{row, hostile, hostile}, {bare, "", ""}};
  list.urgent = {{row, hostile, hostile}};
  HandoverPage handover{.staff = hostile_staff(), .officers = {{{1}, hostile, hostile, {Role::officer}, {}, true}}};
  out["handover"] = handover_page(here, handover);
  handover.of = hostile;
  out["handover of nothing"] = handover_page(here, handover);
  handover.officers.push_back({{2}, "other", hostile, {Role::officer}, {}, false});
  handover.items = list.items;
  handover.typed = hostile_form({"to"});
  out["handover of cases"] = handover_page(here, handover);
  HandoverResult result{.staff = hostile_staff(), .to = handover.officers.back()};
  result.outcomes = {{list.items.front(), {}}};
  out["handover done"] = handover_result_page(here, result);
  result.outcomes.push_back({list.items.front(), Error{Code::conflict, {key::act_unknown, {{"act", hostile}}}}});
  result.more = true;
  out["handover refused"] = handover_result_page(here, result);
  list.first_page = false;
  list.older = "MTox";
  list.done = "recuse";
  out["list"] = staff_list_page(here, list);
  for (const auto phase : all_of<Phase>()) {
    const auto view = hostile_view(town, phase);
    const std::string name(name_of(phase));
    out["case " + name] = case_page(here, {.view = view});
    for (const std::string act : {"rate", "reply", "withdraw", "reopen", "ask_review"}) {
      out["case " + name + " tried " + act] =
          case_page(here, {view, act, hostile_form({"solved", "contacted", "satisfaction", "words"}), 3});
    }
    out["staff case " + name] = staff_case_page(here, {.staff = hostile_staff(), .view = view, .done = "accept"});
    auto known = view;
    known.state.knowing = {UserId{1}};
    known.state.pause.reset();
    known.state.proposal.reset();
    out["staff case " + name + " known"] =
        staff_case_page(here, {.staff = hostile_staff(), .view = known, .colleagues = {{hostile, hostile}}, .split_blocks = 10});
    for (const auto act : view.offered) {
      out["staff case " + name + " tried " + std::string(act)] = staff_case_page(
          here, {.staff = hostile_staff(),
                 .view = view,
                 .tried = std::string(act),
                 .typed = hostile_form({"words", "reason", "road", "unit", "category", "login", "into", "until", "promise",
                                        "outcome", "parts.claim", "parts.0.body", "parts.2.subject", "approved", "taken"}),
                 .seen = 4});
    }
  }
  return out;
}

std::size_t count(const std::string& all, std::string_view part) {
  std::size_t found = 0;
  for (auto where = all.find(part); where != std::string::npos; where = all.find(part, where + 1)) ++found;
  return found;
}

// A tag as it stands in the page. Escaping has left "<" and ">" to tags alone.
struct Tag {
  std::string name;
  bool closes = false;
  std::string attributes{};

  [[nodiscard]] std::optional<std::string> value(const std::string& attribute) const {
    const auto begin = attributes.find(" " + attribute + "=\"");
    if (begin == std::string::npos) return std::nullopt;
    const auto from = begin + attribute.size() + 3;
    return attributes.substr(from, attributes.find('"', from) - from);
  }
};

std::vector<Tag> tags_of(const std::string& html) {
  std::vector<Tag> out;
  for (auto begin = html.find('<'); begin != std::string::npos; begin = html.find('<', begin + 1)) {
    const auto inside = html.substr(begin + 1, html.find('>', begin) - begin - 1);
    if (inside.starts_with('!')) continue;
    const bool closes = inside.starts_with('/');
    const auto space = inside.find(' ');
    out.push_back({inside.substr(closes ? 1 : 0, space), closes, space == std::string::npos ? "" : inside.substr(space)});
  }
  return out;
}

// Every element that is opened is closed, in order.
std::string nesting_fault(const std::vector<Tag>& tags) {
  static const std::set<std::string> voids{"br", "hr", "img", "input", "link", "meta", "wbr"};
  std::vector<std::string> open;
  for (const auto& tag : tags) {
    if (!tag.closes && !voids.contains(tag.name)) open.push_back(tag.name);
    if (!tag.closes) continue;
    if (open.empty() || open.back() != tag.name) return "</" + tag.name + "> closes " + (open.empty() ? "nothing" : open.back());
    open.pop_back();
  }
  return open.empty() ? "" : open.back() + " stays open";
}

// Each says of one page what must hold of every page.

// The one script that is ours.
std::string without_own_script(std::string html) {
  static const auto own = module_script(get_asset("verify.js").address).markup();
  if (const auto at = html.find(own); at != std::string::npos) html.erase(at, own.size());
  return html;
}

void keeps_hostile_words_as_words(const std::string& html) {
  const auto page = without_own_script(html);
  for (const auto* part : {"<script", "<img", "\"'>", "javascript:"}) EXPECT_EQ(page.find(part), std::string::npos) << part;
  // Escaped, the handler stands in text or within quotes; it is never an attribute.
  EXPECT_EQ(count(page, "onerror="), count(page, "&lt;img src=x onerror="));
}

void is_a_document_with_language_title_and_one_heading(const std::string& html, const std::vector<Tag>& tags, Language language) {
  EXPECT_TRUE(html.starts_with("<!DOCTYPE html>\n<html lang=\"" + std::string(tag_of(language)) + "\">")) << html.substr(0, 80);
  EXPECT_EQ(count(html, "<title>"), 1U);
  EXPECT_EQ(count(html, "<h1"), 1U);
  EXPECT_EQ(count(html, "<main "), 1U);
  EXPECT_EQ(nesting_fault(tags), "");
}

void names_every_field_and_uses_every_id_once(const std::vector<Tag>& tags) {
  std::set<std::string> ids;
  std::set<std::string> labelled;
  for (const auto& tag : tags) {
    if (const auto id = tag.value("id")) {
      EXPECT_TRUE(ids.insert(*id).second) << *id << " stands twice";
    }
    if (const auto id = tag.value("for")) labelled.insert(*id);
  }
  for (const auto& tag : tags) {
    const bool field = tag.name == "input" || tag.name == "select" || tag.name == "textarea";
    if (field && !tag.closes && tag.value("type") != "hidden") {
      EXPECT_TRUE(labelled.contains(tag.value("id").value_or(""))) << tag.attributes;
    }
    if (const auto address = tag.value("href"); address && address->size() > 1 && address->starts_with('#')) {
      EXPECT_TRUE(ids.contains(address->substr(1))) << *address;
    }
    std::istringstream words(tag.value("aria-describedby").value_or("") + " " + tag.value("aria-labelledby").value_or(""));
    for (std::string id; words >> id;) EXPECT_TRUE(ids.contains(id)) << id;
  }
}

void has_no_script_style_or_foreign_address(const std::string& html) {
  for (const auto& tag : tags_of(without_own_script(html))) {
    EXPECT_TRUE(tag.name != "script" && tag.name != "style");
    EXPECT_FALSE(tag.value("style") || tag.value("src"));
    for (const auto* name : {"href", "action"}) {
      const auto address = tag.value(name).value_or("/");
      EXPECT_TRUE(address.starts_with('/') || address.starts_with('#') || address.starts_with("tel:") ||
                  address.starts_with("mailto:"))
          << address;
    }
  }
}

void guards_every_act_of_staff(const std::vector<Tag>& tags) {
  std::string action;
  bool guarded = true;
  for (const auto& tag : tags) {
    if (tag.name == "form" && !tag.closes) {
      action = tag.value("action").value_or("");
      guarded = tag.value("method") == "get" || action.find("/staff/") == std::string::npos || action.ends_with("/sign-in");
    }
    if (tag.value("name") == "csrf") guarded = true;
    if (tag.name == "form" && tag.closes) {
      EXPECT_TRUE(guarded) << action;
    }
  }
}

class EveryPage : public testing::TestWithParam<Language> {};

// In one test, because making the hundreds of pages takes most of the time.
TEST_P(EveryPage, KeepsWhatHoldsForAll) {
  Town town;
  town.pack.offices = {{{hostile}, {hostile, hostile}, {hostile, hostile}, hostile, hostile, {hostile, hostile}}};
  for (const auto& [name, html] : all_pages(town, GetParam())) {
    SCOPED_TRACE(name);
    const auto tags = tags_of(html);
    keeps_hostile_words_as_words(html);
    is_a_document_with_language_title_and_one_heading(html, tags, GetParam());
    names_every_field_and_uses_every_id_once(tags);
    has_no_script_style_or_foreign_address(html);
    guards_every_act_of_staff(tags);
    EXPECT_LE(count(html, "class=\"primary\""), 1U);
  }
}

INSTANTIATE_TEST_SUITE_P(BothLanguages, EveryPage, testing::Values(Language::zh, Language::en),
                         [](const auto& param) { return std::string(slug_of(param.param)); });

// 信访工作条例 art. 18: channels, addresses, hours and numbers are published.
TEST(Article18, TheFirstPageTellsWhereAndWhenToComeCallOrWrite) {
  Town town;
  EXPECT_THAT(home_page(town.setting(Language::en)), Not(HasSubstr("id=\"offices\"")));
  town.pack.offices = {{{"hotline"}, {"热线", "The line"}, {}, "12345", {}, {"全天", "Day and night"}},
                       {{"counter"},
                        {"接待室", "The counter"},
                        {"一路 1 号", "1 First Road"},
                        {},
                        "letters@example.org",
                        {"工作日", "Working days"}}};
  const auto english = home_page(town.setting(Language::en));
  for (const auto* part : {"The line", "href=\"tel:12345\"", "Day and night", "The counter", "1 First Road",
                           "href=\"mailto:letters@example.org\"", "Working days"})
    EXPECT_THAT(english, HasSubstr(part));
  const auto chinese = home_page(town.setting(Language::zh));
  for (const auto* part : {"热线", "全天", "接待室", "一路 1 号", "工作日"}) EXPECT_THAT(chinese, HasSubstr(part));
}

TEST(TimeWords, SayTheDayInTheTownsOwnZone) {
  const Town town;
  // 20:30 in Greenwich is half past four of the next day in the town.
  const auto evening = at("2026-03-15T20:30:00Z");
  EXPECT_EQ(day_words(town.setting(Language::en), evening), "Monday, 16 March 2026");
  EXPECT_EQ(day_words(town.setting(Language::zh), evening), "2026年3月16日（星期一）");
  EXPECT_EQ(time_words(town.setting(Language::en), evening), "16 March 2026, 04:30");
  EXPECT_EQ(time_words(town.setting(Language::zh), evening), "2026年3月16日 04:30");
}

TEST(TimeWords, TellALimitByWordAndShape) {
  struct Row {
    std::string_view now, due;
    std::string look, shape, words;
  };
  const Town town;
  const std::vector<Row> rows{
      {"2026-03-01T04:00:00Z", "2026-03-11T15:59:59.999Z", "mark-far", "○", "due in 10 days"},
      {"2026-03-01T04:00:00Z", "2026-03-04T15:59:59.999Z", "mark-near", "◆", "due in 3 days"},
      {"2026-03-01T04:00:00Z", "2026-03-02T15:59:59.999Z", "mark-near", "◆", "due tomorrow"},
      {"2026-03-01T04:00:00Z", "2026-03-01T15:59:59.999Z", "mark-near", "◆", "due today"},
      {"2026-03-01T16:00:00Z", "2026-03-01T15:59:59.999Z", "mark-late", "▲", "1 day overdue"},
      {"2026-03-05T04:00:00Z", "2026-03-01T15:59:59.999Z", "mark-late", "▲", "4 days overdue"},
  };
  for (const auto& row : rows) {
    const auto html = due_mark(town.setting(Language::en, row.now), at(row.due)).markup();
    EXPECT_THAT(html, HasSubstr("class=\"" + row.look + "\""));
    EXPECT_THAT(html, HasSubstr(row.shape));
    EXPECT_THAT(html, HasSubstr(row.words));
  }
}

TEST(CasePage, KeepsAnsweredAndSolvedApart) {
  const Town town;
  auto view = hostile_view(town, Phase::answered);
  view.story.resize(7);  // up to the first answer
  EXPECT_FALSE(is_solved(view));
  EXPECT_THAT(case_page(town.setting(Language::en), {.view = view}),
              HasSubstr("Answered. Whether it is solved is for you to say."));
  view.story.push_back({8, at(noon), at(noon), "officer", "", cases::Closed{false, {}}, {}});
  view.state.phase = Phase::closed;
  EXPECT_FALSE(is_solved(view)) << "silence never counts as solved";
  EXPECT_THAT(case_page(town.setting(Language::en), {.view = view}), HasSubstr("Silence does not count as solved"));
}

TEST(CasePage, ShowsOnlyItsOwnerHowToReachThem) {
  const Town town;
  auto view = hostile_view(town, Phase::received);
  view.submitted.contact = cases::Contact{"Zhang San", {}, {}};
  EXPECT_THAT(case_page(town.setting(Language::en), {.view = view}), HasSubstr("Zhang San"));
  EXPECT_THAT(staff_case_page(town.setting(Language::en), {.staff = hostile_staff(), .view = view}), Not(HasSubstr("Zhang San")));
}

TEST(StaffListPage, PutsWhatWasAskedIntoItsAddress) {
  EXPECT_EQ(query_text({}, ""), "");
  EXPECT_EQ(query_text({Phase::in_work, UnitCode{"roads"}, CategoryCode{"potholes"}, true, true, true, true, true}, "MTox"),
            "?phase=in_work&unit=roads&category=potholes&due=true&returned=true&urgent=true&proposed=true&mine=true&after=MTox");
}

TEST(AbsencePage, ChoosesFromAListWhileItCanBeReadAndAsksForTheLoginBeyond) {
  const Town town;
  auto list = hostile_absences();
  const auto shown = [&] { return absence_page(town.setting(Language::en), {.staff = hostile_staff(), .list = list}); };
  list.deputies.assign(people_to_choose_max, list.deputies.front());
  EXPECT_THAT(shown(), HasSubstr("<select id=\"own-deputy\""));
  list.deputies.push_back(list.deputies.front());
  EXPECT_THAT(shown(), HasSubstr("<input id=\"own-deputy\" type=\"text\""));
}

TEST(Assets, CarryTheHashOfTheirContent) {
  EXPECT_EQ(find_asset("nothing.css"), nullptr);
  const auto& style = get_asset("style.css");
  EXPECT_EQ(style.address, "/assets/style.css?v=" + style.version);
  EXPECT_THAT(style.content, Not(HasSubstr("http")));
  EXPECT_EQ(get_asset("mark.svg").type, "image/svg+xml");
}

}  // namespace
}  // namespace huiyin::pages
