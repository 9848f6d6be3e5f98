#include "app/pack_diff.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <filesystem>
#include <functional>

#include "app/pack_reader.h"
#include "base/assert.h"
#include "base/canonical_json.h"
#include "base/json.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string& shipped() {
  static const auto text = read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh").json;
  return text;
}

json::object& entry(json::value& pack, const char* list, std::string_view code) {
  for (auto& row : pack.at(list).as_array()) {
    if (row.at("code").as_string() == code) return row.as_object();
  }
  HUIYIN_ASSERT(!"there is such an entry");
}

using Edit = std::function<void(json::value&)>;

std::string edited(const Edit& edit) {
  auto pack = parse_json(shipped());
  edit(*pack);
  auto text = canonical_json(*pack);
  EXPECT_TRUE(pack_from_json(text).ok()) << "the edit makes no pack";
  return text;
}

std::vector<std::string> english(const std::vector<rules::LocalText>& texts) {
  std::vector<std::string> out;
  for (const auto& text : texts) out.push_back(text.en);
  return out;
}

struct Change {
  const char* what;
  Edit edit;
  std::vector<std::string> changes;
  std::vector<std::string> meaning{};
};
void PrintTo(const Change& change, std::ostream* out) { *out << change.what; }

json::value text(const char* zh, const char* en) { return json::object{{"zh", zh}, {"en", en}}; }

const std::vector<Change> changes{
    {"nothing", [](json::value&) {}, {}},
    {"a limit",
     [](json::value& pack) { entry(pack, "limits", "finish")["amount"] = 45; },
     {"Changed: limit “Completion” (finish), its length: was 60 calendar days, is now 45 calendar days"},
     {"“Completion”: clocks that run keep what they began with (60 calendar days); those that begin once the new pack is at work get "
      "45 calendar days."}},
    {"what it counts",
     [](json::value& pack) { entry(pack, "limits", "accept")["count"] = "working_days"; },
     {"Changed: limit “Acceptance” (accept), its length: was 15 calendar days, is now 15 working days"},
     {"“Acceptance”: clocks that run keep what they began with (15 calendar days); those that begin once the new pack is at work get "
      "15 working days."}},
    {"what holds at once",
     [](json::value& pack) {
       auto& finish = entry(pack, "limits", "finish");
       finish["extension"].at("amount_max") = 20;
       finish["stopped_by"] = json::array{"hearing"};
       finish.erase("remind_before");
     },
     {"Changed: limit “Completion” (finish), how much more time may be given: was 30, is now 20",
      "Changed: limit “Completion” (finish), how long before its end people are reminded: was 10, is now nothing",
      "Changed: limit “Completion” (finish), the pauses that stop it: was nothing, is now hearing"},
     {"“Completion”, how much more time may be given: this holds for all cases at once, also where the clock runs already.",
      "“Completion”: clocks that run keep what they began with; this holds for those that begin once the new pack is at work.",
      "“Completion”, the pauses that stop it: this holds for all cases at once, also where the clock runs already."}},
    {"days off",
     [](json::value& pack) { entry(pack, "limits", "ask_review").erase("ends_on_workday"); },
     {"Changed: limit “Asking for a review” (ask_review), why it ends on a workday: worded differently"},
     {"“Asking for a review”: clocks that run keep their end; only those that begin once the new pack is at work take the new rule on "
      "days off."}},
    {"a unit and a category",
     [](json::value& pack) {
       pack.at("units").as_array().push_back(json::object{{"code", "night-desk"}, {"name", text("夜间值班室", "Night desk")}});
       entry(pack, "categories", "noise")["unit"] = "night-desk";
       entry(pack, "categories", "noise")["name"] = text("噪音", "Noise at night");
     },
     {"New: unit “Night desk” (night-desk)", "Changed: category “Noise” (noise), its name: was Noise, is now Noise at night",
      "Changed: category “Noise” (noise), the unit usually in charge: was nothing, is now night-desk"}},
    {"long words",
     [](json::value& pack) { entry(pack, "roads", "court-civil")["help"].at("zh") = "去法院"; },
     {"Changed: lawful road “Civil court” (court-civil), the words on what belongs there: worded differently"}},
    {"an answer",
     [](json::value& pack) {
       entry(pack, "answers", "opinion")["signed_off"] = false;
       entry(pack, "answers", "opinion")["parts"].as_array().pop_back();
     },
     {"Changed: kind of answer “Formal opinion” (opinion), what it has to contain: was Claim, Facts, Grounds, Legal basis, is now "
      "Claim, Facts, Grounds",
      "Changed: kind of answer “Formal opinion” (opinion), that another person signs it: was yes, is now no"}},
    {"the usual answer",
     [](json::value& pack) { std::swap(pack.at("answers").as_array()[0], pack.at("answers").as_array()[1]); },
     {"Changed: the order of the list (kind of answer)"}},
    {"next year's holidays",
     [](json::value& pack) {
       auto& calendar = pack.at("calendar").as_object();
       calendar["known_until"] = "2027-12-31";
       calendar["days"].as_array().push_back(
           json::object{{"first", "2027-01-01"}, {"last", "2027-01-03"}, {"name", text("元旦", "New Year's Day")}});
     },
     {"Changed: the last day whose holidays are known: was 2026-12-31, is now 2027-12-31",
      "New: day of the calendar “New Year's Day” (2027-01-01)"},
     {"Dates that were fixed before keep the calendar they were counted with."}},
    {"danger",
     [](json::value& pack) {
       auto& danger = pack.at("danger").as_object();
       auto& words = danger["words"].as_array();
       words.erase(words.begin());
       words.push_back("水淹进来了");
       danger["numbers"].as_array()[0].at("name") = text("公安", "Police");
     },
     {"Gone: words of danger: 煤气泄漏", "New: words of danger: 水淹进来了",
      "Changed: number to call “Police” (110), its name: worded differently"}},
    {"settings",
     [](json::value& pack) {
       pack.at("representatives_max") = 3;
       pack.at("rating_source").at("zh") = "另有规定";
       pack.as_object()["k"] = 25;
     },
     {"Changed: the source of the days to judge an answer: worded differently",
      "Changed: how many may speak for many: was 5, is now 3",
      "Changed: how many cases are published in detail only together: was 10, is now 25"}}};

class PackDiffTest : public testing::TestWithParam<Change> {};

TEST_P(PackDiffTest, SaysWhatChangesAndWhatItMeans) {
  const auto diff = compare_packs(shipped(), edited(GetParam().edit));
  EXPECT_THAT(english(diff.changes), testing::ElementsAreArray(GetParam().changes));
  EXPECT_THAT(english(diff.meaning), testing::ElementsAreArray(GetParam().meaning));
  EXPECT_THAT(diff.units_gone, IsEmpty());
  for (const auto& change : diff.changes) EXPECT_NE(change.zh, change.en);
}

INSTANTIATE_TEST_SUITE_P(Changes, PackDiffTest, testing::ValuesIn(changes));

TEST(PackDiff, NamesWhatDisappears) {
  const auto before = edited([](json::value& pack) {
    pack.at("units").as_array().push_back(json::object{{"code", "night-desk"}, {"name", text("夜间值班室", "Night desk")}});
    pack.at("categories").as_array().push_back(json::object{{"code", "stars"}, {"name", text("星空", "Stars")}});
  });
  const auto diff = compare_packs(before, shipped());
  EXPECT_THAT(english(diff.changes), ElementsAre("Gone: unit “Night desk” (night-desk)", "Gone: category “Stars” (stars)"));
  EXPECT_THAT(diff.units_gone, ElementsAre(UnitCode{"night-desk"}));
  EXPECT_THAT(diff.categories_gone, ElementsAre(CategoryCode{"stars"}));
  EXPECT_EQ(diff.changes[0].zh, "删除：单位“夜间值班室”（night-desk）");
}

TEST(PackDiff, SaysOfAPackInAnOlderFormOnlyWhatDisappears) {
  const auto diff =
      compare_packs(R"({"categories":[{"code":"noise"},{"code":"stars"}],"units":[{"code":"housing"}],"zone":"UTC"})", shipped());
  EXPECT_THAT(english(diff.changes), ElementsAre(testing::HasSubstr("older program")));
  EXPECT_THAT(diff.units_gone, IsEmpty());
  EXPECT_THAT(diff.categories_gone, ElementsAre(CategoryCode{"stars"}));
}

// No field of any entry may change unseen; compare_packs asserts that it told something.
TEST(PackDiff, OverlooksNoField) {
  const auto pack = parse_json(shipped());
  std::size_t edits = 0;
  const std::function<void(json::value&, json::value&)> change_each = [&](json::value& place, json::value& whole) {
    if (auto* object = place.if_object()) {
      for (auto& member : *object) change_each(member.value(), whole);
    } else if (auto* list = place.if_array()) {
      for (std::size_t i = 0; i < list->size() && i < 2; ++i) change_each((*list)[i], whole);
    } else if (auto* words = place.if_string()) {
      const auto kept = *words;
      words->append("x");
      EXPECT_THAT(compare_packs(shipped(), canonical_json(whole)).changes, testing::Not(IsEmpty()));
      *words = kept;
      ++edits;
    }
  };
  auto copy = *pack;
  for (const auto* part : {"units", "categories", "pauses", "answers", "roads", "calendar", "danger", "title", "rating_source",
                           "representatives_source", "zone", "name"})
    change_each(copy.at(part), copy);
  EXPECT_GT(edits, 80U);
}

}  // namespace
}  // namespace huiyin::app
