// Times as other systems write them ("04/12/2018 11:11:26 AM"), read by a format that says which letters mean what. Values, any
// thread.
//
//   %Y year, four digits   %m month   %d day   %H hour 0-23   %I hour 1-12   %M minute   %S second (one or two digits each)
//   %p AM or PM            %f fraction of a second, behind a dot or comma of the format   %z Z, +08:00 or +0800
//   %% a percent sign; every other letter stands for itself. Year, month and day must be there; what is missing behind them is 0.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace huiyin::app {

// What was written: a day and a time of day by somebody's clock, and how far that clock is from UTC where it says so.
struct WrittenTime {
  Day day;
  std::chrono::milliseconds of_day{};
  std::optional<std::chrono::minutes> offset{};
  friend bool operator==(const WrittenTime&, const WrittenTime&) = default;
};

class TimeFormat {
 public:
  // Nothing when the format has a letter we do not know, one twice, no day, %I without %p or the other way round.
  static std::optional<TimeFormat> parse(std::string pattern);
  // Nothing when the text is not exactly of this form, or names a day or time that does not exist.
  [[nodiscard]] std::optional<WrittenTime> read(std::string_view text) const;
  [[nodiscard]] const std::string& pattern() const noexcept { return pattern_; }

 private:
  explicit TimeFormat(std::string pattern) : pattern_(std::move(pattern)) {}
  std::string pattern_;
};

}  // namespace huiyin::app
