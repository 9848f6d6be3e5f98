// The name of a log, its origin: "answers.example.org/linshi/log1". A body has one log at a time; where it cannot go on (a
// database brought back from an older copy, a key that others may know), its successor has the next number. Pure functions; any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace huiyin::log {

inline constexpr std::size_t origin_bytes_max = 255;
inline constexpr std::uint32_t log_number_max = 9999;

struct LogName {
  std::string_view body;     // "answers.example.org/linshi"; all of an origin of another form
  std::uint32_t number = 1;  // of an origin of another form: 1
  friend bool operator==(const LogName&, const LogName&) = default;
};

// A view into `origin`.
LogName read_log_name(std::string_view origin);
std::string origin_of(const LogName& name);
// Whether it can be written into an entry (entry.h): a name of a key, without letters that JSON escapes.
bool is_origin(std::string_view text);
// Whether the log called `after` can go on from the one called `before`: of the same body, with a higher number.
bool can_succeed(std::string_view after, std::string_view before);

}  // namespace huiyin::log
