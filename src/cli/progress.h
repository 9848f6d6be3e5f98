// Progress: how far long work is, on standard error: one line that is rewritten on a terminal, now and then a line elsewhere.
// One thread.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/error.h"
#include "cli/cli.h"

namespace huiyin::cli {

class Progress {
 public:
  explicit Progress(Host& host) : host_(host), began_(host.clock.monotonic()), shown_(began_) {}
  ~Progress() { end_line(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Rows done so far. With how many of how many bytes that took, also how long it will take; 0 bytes in all: nobody knows.
  // Looks at the clock only now and then, so it may be called for every row.
  void rows(std::uint64_t done, std::uint64_t bytes_read, std::uint64_t bytes_all);
  // Another kind of step, where one takes a second or more.
  void step(const Message& words);
  // Before anything else is said on standard error.
  void end_line();

  [[nodiscard]] std::chrono::milliseconds elapsed() const { return host_.clock.monotonic() - began_; }

 private:
  void show(const Message& words);

  Host& host_;
  std::chrono::milliseconds began_, shown_;
  bool line_open_ = false;  // a rewritten line stands on the terminal
};

}  // namespace huiyin::cli
