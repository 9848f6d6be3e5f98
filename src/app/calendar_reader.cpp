#include "app/calendar_reader.h"

#include <fmt/format.h>
#include <libical/ical.h>

#include <memory>

#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

constexpr std::string_view work_category = "WORKDAY";
constexpr std::string_view component_begin = "BEGIN:", component_end = "END:";

// A content line put together again from its folded parts (RFC 5545 section 3.1), with the number of the first.
struct Line {
  int number = 0;
  std::string text;
};

std::vector<Line> unfolded(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::vector<Line> lines;
  for (int number = 1; !text.empty(); ++number) {
    auto part = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    if (part.ends_with('\r')) part.remove_suffix(1);
    const bool folded = !lines.empty() && (part.starts_with(' ') || part.starts_with('\t'));
    if (folded) lines.back().text += part.substr(1);
    else if (!part.empty()) lines.push_back({number, std::string(part)});
  }
  return lines;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; });
}

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

// The properties of one line; several for a list such as CATEGORIES:A,B. Null when libical cannot read it.
Component parse_line(const std::string& line) {
  // By default a malformed line ends the process.
  [[maybe_unused]] static const bool told = [] {
    icalerror_set_errors_are_fatal(0);
    return true;
  }();
  Component component(icalparser_parse_string(fmt::format("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", line).c_str()));
  if (!component || icalcomponent_count_errors(component.get()) > 0) return nullptr;
  if (icalcomponent_get_first_property(component.get(), ICAL_ANY_PROPERTY) == nullptr) return nullptr;
  return component;
}

// The day a DTSTART or DTEND names, if it names a whole day that exists.
std::optional<Day> day_of(icalproperty* property) {
  const auto* value = icalproperty_get_value(property);
  if (value == nullptr || icalvalue_isa(value) != ICAL_DATE_VALUE) return std::nullopt;
  const auto date = icalvalue_get_date(value);
  const auto month = static_cast<unsigned>(date.month), day = static_cast<unsigned>(date.day);
  if (date.is_date == 0 || !is_civil(date.year, month, day)) return std::nullopt;
  return day_of_civil(date.year, month, day);
}

std::string text_of(icalproperty* property) {
  const auto* value = icalproperty_get_value(property);
  const auto* text = value == nullptr ? nullptr : icalvalue_get_text(value);
  return text == nullptr ? std::string() : std::string(trimmed(text));
}

std::optional<Language> language_of(icalproperty* property) {
  auto* parameter = icalproperty_get_first_parameter(property, ICAL_LANGUAGE_PARAMETER);
  const char* tag = parameter == nullptr ? nullptr : icalparameter_get_language(parameter);
  if (tag == nullptr) return std::nullopt;
  return language_from_slug(upper(tag).starts_with("ZH") ? "zh" : upper(tag).starts_with("EN") ? "en" : "");
}

class CalendarFile {
 public:
  CalendarFile(const std::string& file, std::vector<PackFault>& faults) : file_(file), faults_(faults) {}

  std::vector<CalendarEntry> read(const std::string& text) && {
    int last = 0;
    for (const auto& line : unfolded(text)) {
      last = line.number;
      if (!take(line)) return {};
    }
    if (last == 0 || !open_.empty()) {
      fault(last, "", "", {key::calendar_end_missing, {{"name", open_.empty() ? "VCALENDAR" : open_.back()}}});
    }
    return std::move(entries_);
  }

 private:
  // The event that is being read.
  struct Event {
    CalendarEntry entry;
    std::optional<Day> start, end;
    std::string name, other_name;
    std::optional<Language> language, other_language;
    bool good = true;
  };

  void fault(int line, std::string_view where, std::string got, Message expected) {
    event_.good = false;
    faults_.push_back({file_, line, std::string(where), std::move(got), std::move(expected)});
  }

  // False: the rest of the file cannot be understood.
  bool take(const Line& line) {
    const auto name = upper(std::string_view(line.text).substr(0, line.text.find_first_of(":;")));
    const auto colon = line.text.find(':');
    if (line.text.size() > calendar_line_bytes_max || has_control(line.text)) {
      fault(line.number, "", shortened(line.text), {key::calendar_line, {{"max", fmt::format("{}", calendar_line_bytes_max)}}});
      return false;
    }
    if (colon == std::string::npos || name.empty()) {
      fault(line.number, "", shortened(line.text), {key::calendar_content_line});
      return false;
    }
    const auto head = upper(std::string_view(line.text).substr(0, colon + 1));
    const auto value = upper(trimmed(std::string_view(line.text).substr(colon + 1)));
    if (head == component_begin) return begin(line, value);
    if (open_.empty()) {
      fault(line.number, "", shortened(line.text), {ended_ ? key::calendar_after_end : key::calendar_begin});
      return false;
    }
    if (head == component_end) return end(line, value);
    if (in_event()) take_property(line, name);
    return true;
  }

  [[nodiscard]] bool in_event() const { return open_.size() == 2 && open_.back() == "VEVENT"; }

  bool begin(const Line& line, const std::string& component) {
    if (open_.empty() && (component != "VCALENDAR" || ended_)) {
      fault(line.number, "", shortened(line.text), {ended_ ? key::calendar_after_end : key::calendar_begin});
      return false;
    }
    if (open_.size() == calendar_depth_max) {
      fault(line.number, "", shortened(line.text), {key::calendar_depth, {{"max", fmt::format("{}", calendar_depth_max)}}});
      return false;
    }
    open_.push_back(component);
    if (in_event()) {
      if (++events_ > calendar_events_max) {
        fault(line.number, "", "VEVENT", {key::calendar_count, {{"max", fmt::format("{}", calendar_events_max)}}});
        return false;
      }
      event_ = {};
      event_.entry.line = line.number;
    }
    return true;
  }

  bool end(const Line& line, const std::string& component) {
    if (component != open_.back()) {
      fault(line.number, "", shortened(line.text), {key::calendar_end_missing, {{"name", open_.back()}}});
      return false;
    }
    if (in_event()) end_event();
    open_.pop_back();
    ended_ = open_.empty();
    return true;
  }

  void take_property(const Line& line, const std::string& name) {
    // A rule that repeats would claim to know every year there is; the rest is not whole days once.
    static constexpr std::array<std::string_view, 6> refused{"RRULE", "RDATE", "EXDATE", "EXRULE", "DURATION", "RECURRENCE-ID"};
    if (std::ranges::find(refused, name) != refused.end()) {
      fault(line.number, name, shortened(line.text), {key::calendar_plain_days});
      return;
    }
    static constexpr std::array<std::string_view, 6> known{"DTSTART", "DTEND", "SUMMARY", "COMMENT", "CATEGORIES", "STATUS"};
    if (std::ranges::find(known, name) == known.end()) return;
    const auto parsed = parse_line(line.text);
    if (!parsed) {
      fault(line.number, name, shortened(line.text), {key::calendar_property});
      return;
    }
    for (auto* property = icalcomponent_get_first_property(parsed.get(), ICAL_ANY_PROPERTY); property != nullptr;
         property = icalcomponent_get_next_property(parsed.get(), ICAL_ANY_PROPERTY)) {
      set(line, name, property);
    }
  }

  void set(const Line& line, const std::string& name, icalproperty* property) {
    auto& entry = event_.entry;
    if (name == "DTSTART") set_day(line, name, property, event_.start, entry.first_line);
    if (name == "DTEND") set_day(line, name, property, event_.end, entry.last_line);
    if (name == "SUMMARY") {
      if (entry.name_line > 0) return fault(line.number, name, shortened(line.text), {key::calendar_once});
      entry.name_line = line.number;
      event_.name = text_of(property);
      event_.language = language_of(property);
    }
    if (name == "COMMENT") {  // SUMMARY may stand there once only; a comment in a language is taken for the name in it
      if (const auto language = language_of(property)) {
        event_.other_language = language;
        event_.other_name = text_of(property);
      }
    }
    if (name == "CATEGORIES" && upper(text_of(property)) == work_category) {
      entry.days.works = true;
      entry.kind_line = line.number;
    }
    if (name == "STATUS" && icalproperty_get_status(property) == ICAL_STATUS_CANCELLED) {
      fault(line.number, name, shortened(line.text), {key::calendar_cancelled});
    }
  }

  void set_day(const Line& line, const std::string& name, icalproperty* property, std::optional<Day>& day, int& place) {
    if (place > 0) return fault(line.number, name, shortened(line.text), {key::calendar_once});
    place = line.number;
    day = day_of(property);
    if (!day) fault(line.number, name, shortened(line.text), {key::calendar_date, {{"name", name}}});
  }

  void end_event() {
    auto& [entry, start, end, name, other_name, language, other_language, good] = event_;
    if (!good) return;  // what seems to be missing may be what is wrong
    if (entry.first_line == 0) fault(entry.line, "DTSTART", "", {key::calendar_field, {{"name", "DTSTART"}}});
    if (name.empty()) {
      fault(entry.name_line > 0 ? entry.name_line : entry.line, "SUMMARY", "", {key::calendar_field, {{"name", "SUMMARY"}}});
    }
    if (start && end && (*end <= *start || *end - *start > calendar_span_days_max)) {
      fault(entry.last_line, "DTEND", to_iso(*end), {key::calendar_end, {{"max", fmt::format("{}", calendar_span_days_max)}}});
    }
    if (!good || !start) return;
    entry.days.first = *start;
    entry.days.last = end ? *end + -1 : *start;  // DTEND is the day after
    // A public calendar has its names in one language: better in that one than none.
    entry.days.name = {name, name};
    if (other_language && !other_name.empty() && other_language != language) {
      (other_language == Language::zh ? entry.days.name.zh : entry.days.name.en) = other_name;
    }
    entries_.push_back(std::move(entry));
  }

  const std::string& file_;
  std::vector<PackFault>& faults_;
  std::vector<std::string> open_;  // the components that a line stands in
  bool ended_ = false;
  std::size_t events_ = 0;
  Event event_;
  std::vector<CalendarEntry> entries_;
};

}  // namespace

std::vector<CalendarEntry> read_calendar(const std::string& file, const std::string& text, std::vector<PackFault>& faults) {
  if (text.size() > pack_file_bytes_max) {
    faults.push_back(
        {file, 0, "", fmt::format("{}", text.size()), {key::pack_file_size, {{"max", fmt::format("{}", pack_file_bytes_max)}}}});
    return {};
  }
  if (!is_text(text)) {
    faults.push_back({file, 0, "", shortened(text), {key::expected_utf8}});
    return {};
  }
  auto entries = CalendarFile(file, faults).read(text);
  icalmemory_free_ring();
  return entries;
}

}  // namespace huiyin::app
