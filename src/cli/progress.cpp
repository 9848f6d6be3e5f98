#include "cli/progress.h"

#include <fmt/format.h>

#include <iostream>

#include "base/catalogue.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

constexpr std::uint64_t rows_between_looks = 64;  // at the clock
constexpr std::chrono::milliseconds shown_every_terminal{200};
constexpr std::chrono::milliseconds shown_every_file{5000};

}  // namespace

void Progress::rows(std::uint64_t done, std::uint64_t bytes_read, std::uint64_t bytes_all) {
  if (done % rows_between_looks != 0) return;
  const auto now = host_.clock.monotonic();
  if (now - shown_ < (host_.out_is_terminal ? shown_every_terminal : shown_every_file)) return;
  shown_ = now;
  const auto milliseconds = std::max<std::int64_t>((now - began_).count(), 1);
  const auto rate = done * 1000 / static_cast<std::uint64_t>(milliseconds);
  Message words{key::lines_progress_open, {{"done", fmt::format("{}", done)}, {"rate", fmt::format("{}", rate)}}};
  if (bytes_all > 0 && bytes_read > 0 && bytes_read <= bytes_all) {
    const auto part = static_cast<double>(bytes_read) / static_cast<double>(bytes_all);
    const auto left = static_cast<double>(milliseconds) / 1000 * (1 - part) / part;
    words.key = key::lines_progress;
    words.arguments.emplace_back("part", fmt::format("{:.0f}", part * 100));
    words.arguments.emplace_back("left", fmt::format("{:.0f}", left));
  }
  show(words);
}

void Progress::step(const Message& words) { show(words); }

void Progress::show(const Message& words) {
  const bool terminal = host_.out_is_terminal;
  host_.err << (terminal ? "\r" : "") << say(words, Language::en) << (terminal ? "\x1B[K" : "\n") << std::flush;
  line_open_ = terminal;
}

void Progress::end_line() {
  if (line_open_) host_.err << '\n';
  line_open_ = false;
}

}  // namespace huiyin::cli
