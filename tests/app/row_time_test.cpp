#include "app/row_time.h"

#include "app/zone.h"

namespace huiyin::app {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(TimeFormat, ReadsWhatIsWrittenOrNothing) {
  struct Row {
    std::string pattern, text;
    std::optional<WrittenTime> expected;
  };
  const auto day = day_of_civil(2018, 4, 12);
  const std::vector<Row> rows{
      {"%Y/%m/%d %H:%M:%S", "2018/04/12 23:11:26", WrittenTime{day, hours(23) + minutes(11) + seconds(26), {}}},
      {"%Y/%m/%d %H:%M:%S", "2018/4/12 9:01:05", WrittenTime{day, hours(9) + minutes(1) + seconds(5), {}}},
      {"%m/%d/%Y %I:%M:%S %p", "04/12/2018 12:11:26 AM", WrittenTime{day, minutes(11) + seconds(26), {}}},
      {"%m/%d/%Y %I:%M:%S %p", "04/12/2018 12:11:26 pm", WrittenTime{day, hours(12) + minutes(11) + seconds(26), {}}},
      {"%m/%d/%Y %I:%M:%S %p", "04/12/2018 13:11:26 PM", {}},
      {"%m/%d/%Y %I:%M:%S %p", "04/12/2018 00:11:26 AM", {}},
      {"%Y-%m-%dT%H:%M:%S.%f%z", "2018-04-12T01:02:03.5+08:00",
       WrittenTime{day, hours(1) + minutes(2) + milliseconds(3500), hours(8)}},
      {"%Y-%m-%dT%H:%M:%S%z", "2018-04-12T01:02:03-0330", WrittenTime{day, hours(1) + minutes(2) + seconds(3), minutes(-210)}},
      {"%Y-%m-%dT%H:%M:%S%z", "2018-04-12T01:02:03Z", WrittenTime{day, hours(1) + minutes(2) + seconds(3), minutes(0)}},
      {"%Y-%m-%d", "2018-04-12", WrittenTime{day, hours(0), {}}},
      {"%Y年%m月%d日", "2018年4月12日", WrittenTime{day, hours(0), {}}},
      {"%Y-%m-%d", "2018-02-30", {}},
      {"%Y-%m-%d", "2018-04-12 ", {}},
      {"%Y-%m-%d", "18-04-12", {}},
      {"%Y-%m-%d", "1899-04-12", {}},
      {"%Y-%m-%d %H:%M", "2018-04-12 24:00", {}},
      {"%Y-%m-%d %H:%M", "2018-04-12 1", {}},
      {"%Y-%m-%d%%", "2018-04-12%", WrittenTime{day, hours(0), {}}},
      {"%Y-%m-%d", "", {}},
  };
  for (const auto& row : rows) {
    const auto format = TimeFormat::parse(row.pattern);
    ASSERT_TRUE(format) << row.pattern;
    EXPECT_EQ(format->read(row.text), row.expected) << row.pattern << " of " << row.text;
  }
}

TEST(TimeFormat, RefusesFormatsThatCannotNameADay) {
  for (const auto* pattern : {"", "%", "%Y-%m", "%Y-%m-%d %q", "%Y-%m-%d %d", "%Y-%m-%d %I:%M", "%Y-%m-%d %H:%M %p",
                              "%Y-%m-%d %H %I %p", "%Y-%m-%d%"}) {
    EXPECT_FALSE(TimeFormat::parse(pattern)) << pattern;
  }
}

TEST(TzZoneTest, KnowsTheMomentOfALocalTimeAlsoWhereClocksChange) {
  struct Row {
    std::string zone;
    Day day;
    minutes of_day;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"Asia/Shanghai", day_of_civil(2019, 4, 25), hours(9) + minutes(32), "2019-04-25T01:32:00.000Z"},
      {"America/New_York", day_of_civil(2018, 7, 1), hours(12), "2018-07-01T16:00:00.000Z"},
      {"America/New_York", day_of_civil(2018, 12, 1), hours(12), "2018-12-01T17:00:00.000Z"},
      {"America/New_York", day_of_civil(2018, 3, 11), hours(1) + minutes(30), "2018-03-11T06:30:00.000Z"},
      {"America/New_York", day_of_civil(2018, 3, 11), hours(2) + minutes(30), "2018-03-11T07:00:00.000Z"},  // jumped over
      {"America/New_York", day_of_civil(2018, 3, 11), hours(12), "2018-03-11T16:00:00.000Z"},
      {"America/New_York", day_of_civil(2018, 11, 4), hours(1) + minutes(30), "2018-11-04T05:30:00.000Z"},  // came twice
      {"America/New_York", day_of_civil(2018, 11, 4), hours(12), "2018-11-04T17:00:00.000Z"},
  };
  for (const auto& row : rows) {
    const auto zone = TzZone::open_zone(row.zone);
    ASSERT_TRUE(zone.ok());
    EXPECT_EQ(to_rfc3339((*zone)->instant_of(row.day, row.of_day)), row.expected) << row.zone;
  }
}

}  // namespace
}  // namespace huiyin::app
