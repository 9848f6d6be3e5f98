#include "app/calendar_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace huiyin::app {
namespace {

struct Reading {
  std::vector<std::string> days;    // "2026-10-01 2026-10-07 off 国庆节/National Day"
  std::vector<std::string> faults;  // as said in English
};

Reading reading_of(const std::string& text) {
  Reading out;
  std::vector<PackFault> faults;
  for (const auto& [days, line, first, last, name, kind] : read_calendar("h.ics", text, faults)) {
    out.days.push_back(to_iso(days.first) + " " + to_iso(days.last) + (days.works ? " works " : " off ") + days.name.zh + "/" +
                       days.name.en);
  }
  for (const auto& fault : faults) {
    out.faults.push_back(say(fault, Language::en));
    EXPECT_NE(say(fault, Language::zh), "");
  }
  return out;
}

std::string calendar(const std::string& events) { return "BEGIN:VCALENDAR\nVERSION:2.0\n" + events + "END:VCALENDAR\n"; }
std::string event(const std::string& lines) { return calendar("BEGIN:VEVENT\n" + lines + "END:VEVENT\n"); }

constexpr std::string_view holiday = "DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261008\nSUMMARY;LANGUAGE=zh:国庆节\n";

TEST(CalendarReader, ReadsAHolidayAndAMakeUpWorkday) {
  const auto reading =
      reading_of(calendar("BEGIN:VEVENT\n" + std::string(holiday) +
                          "COMMENT;LANGUAGE=en:National Day\nCATEGORIES:HOLIDAY\nEND:VEVENT\n"
                          "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261010\nSUMMARY:调休上班\nCATEGORIES:China,WORKDAY\nEND:VEVENT\n"));
  EXPECT_THAT(reading.faults, testing::IsEmpty());
  EXPECT_THAT(reading.days, testing::ElementsAre("2026-10-01 2026-10-07 off 国庆节/National Day",
                                                 "2026-10-10 2026-10-10 works 调休上班/调休上班"));
}

// As published: CRLF, a byte order mark, folded lines, escapes, small letters, a time zone, an alarm, properties of a vendor.
TEST(CalendarReader, ReadsWhatOtherProgramsWrite) {
  const auto reading = reading_of(
      "\xEF\xBB\xBF"
      "begin:vcalendar\r\nPRODID:-//X//Y\r\nMETHOD:PUBLISH\r\n"
      "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\nBEGIN:STANDARD\r\nDTSTART:19961027T020000\r\n"
      "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
      "BEGIN:VEVENT\r\ndtstart;value=date:20260403\r\nDTEND;VALUE=DATE:20260404\r\nUID:a@b\r\nDTSTAMP:20250101T000000Z\r\n"
      "SUMMARY;LANGUAGE=en-GB;X-A=\"b;c:d\":Good\r\n  Friday\\, a\r\n\t long one\r\nTRANSP:TRANSPARENT\r\nX-WHAT:ever\r\n"
      "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n\r\n");
  EXPECT_THAT(reading.faults, testing::IsEmpty());
  EXPECT_THAT(reading.days, testing::ElementsAre("2026-04-03 2026-04-03 off Good Friday, a long one/Good Friday, a long one"));
}

struct SpoiledCalendar {
  std::string text;
  std::string begins;  // of the only fault
};

class OneCalendarFault : public testing::TestWithParam<SpoiledCalendar> {};

TEST_P(OneCalendarFault, IsNamedWithItsLineAndWhatWasExpected) {
  EXPECT_THAT(reading_of(GetParam().text).faults, testing::ElementsAre(testing::StartsWith(GetParam().begins)))
      << GetParam().text;
}

const std::string whole(holiday);

INSTANTIATE_TEST_SUITE_P(
    Rows, OneCalendarFault,
    testing::Values(
        SpoiledCalendar{"", "h.ics: expected END:VCALENDAR"},
        SpoiledCalendar{"hello\n", "h.ics:1: found “hello”; expected an iCalendar line"},
        SpoiledCalendar{"SUMMARY:x\n", "h.ics:1: found “SUMMARY:x”; expected BEGIN:VCALENDAR"},
        SpoiledCalendar{"BEGIN:VEVENT\n", "h.ics:1: found “BEGIN:VEVENT”; expected BEGIN:VCALENDAR"},
        SpoiledCalendar{"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "h.ics:2: expected END:VEVENT"},
        SpoiledCalendar{"BEGIN:VCALENDAR\nEND:VEVENT\n", "h.ics:2: found “END:VEVENT”; expected END:VCALENDAR"},
        SpoiledCalendar{calendar("") + "X:y\n", "h.ics:4: found “X:y”; expected nothing after"},
        SpoiledCalendar{calendar("") + calendar(""), "h.ics:4: found “BEGIN:VCALENDAR”; expected nothing after"},
        SpoiledCalendar{calendar("BEGIN:A\nBEGIN:B\nBEGIN:C\nBEGIN:D\n"), "h.ics:6: found “BEGIN:D”; expected at most 4 levels"},
        SpoiledCalendar{event(whole + "X-A:\x01\n"), "h.ics:7: found “X-A:"},
        SpoiledCalendar{event(whole + "X-A:" + std::string(calendar_line_bytes_max, 'a') + "\n"), "h.ics:7: found “X-A:"},
        SpoiledCalendar{event("DTSTART;VALUE=DATE:20261001\n"), "h.ics:3 SUMMARY: expected an event with a SUMMARY"},
        SpoiledCalendar{event("DTSTART;VALUE=DATE:20261001\nSUMMARY:\n"),
                        "h.ics:5 SUMMARY: found “SUMMARY:”; expected a property"},
        SpoiledCalendar{event("SUMMARY:x\n"), "h.ics:3 DTSTART: expected an event with a DTSTART"},
        SpoiledCalendar{event("DTSTART:20261001T080000Z\nSUMMARY:x\n"),
                        "h.ics:4 DTSTART: found “DTSTART:20261001T080000Z”; expected a whole"},
        SpoiledCalendar{event("DTSTART;VALUE=DATE:20260230\nSUMMARY:x\n"), "h.ics:4 DTSTART: "},
        SpoiledCalendar{event("DTSTART;VALUE=DATE:99991231\nSUMMARY:x\n"), "h.ics:4 DTSTART: "},
        SpoiledCalendar{event("DTSTART;VALUE=DATE:tomorrow\nSUMMARY:x\n"), "h.ics:4 DTSTART: "},
        SpoiledCalendar{event(whole + "DTSTART;VALUE=DATE:20261002\n"),
                        "h.ics:7 DTSTART: found “DTSTART;VALUE=DATE:20261002”; expected each"},
        SpoiledCalendar{event(whole + "SUMMARY:again\n"), "h.ics:7 SUMMARY: "},
        SpoiledCalendar{event(whole + "RRULE:FREQ=YEARLY\n"),
                        "h.ics:7 RRULE: found “RRULE:FREQ=YEARLY”; expected each holiday with its own"},
        SpoiledCalendar{event(whole + "STATUS:CANCELLED\n"), "h.ics:7 STATUS: "},
        SpoiledCalendar{event("DTSTART;VALUE=DATE:20261008\nDTEND;VALUE=DATE:20261008\nSUMMARY:x\n"),
                        "h.ics:5 DTEND: found “2026-10-08”; expected the day after the last one"},
        SpoiledCalendar{event("DTSTART;VALUE=DATE:20261008\nDTEND;VALUE=DATE:20270108\nSUMMARY:x\n"), "h.ics:5 DTEND: "},
        SpoiledCalendar{"BEGIN:VCALENDAR\n\xFF\n", "h.ics: found “(bytes that are not UTF-8 text)”"}));

TEST(CalendarReader, RefusesAFileOfTooManyEvents) {
  std::string events;
  for (std::size_t i = 0; i <= calendar_events_max; ++i) events += "BEGIN:VEVENT\n" + std::string(holiday) + "END:VEVENT\n";
  EXPECT_THAT(reading_of(calendar(events)).faults, testing::ElementsAre(testing::HasSubstr("expected at most 2000 events")));
}

TEST(CalendarReader, GoesOnAfterAFaultAndLeavesThatEventOut) {
  const auto reading = reading_of(calendar("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nBEGIN:VEVENT\n" + whole + "END:VEVENT\n"));
  EXPECT_EQ(reading.faults.size(), 1U);
  EXPECT_EQ(reading.days.size(), 1U);
}

}  // namespace
}  // namespace huiyin::app
