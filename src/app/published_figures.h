// PublishedFigures: the figures and disclosures of a published log, folded in memory as heads are published (app/log_fold.h),
// from the whole log again after each start. They cover what was published a second ago at most, and say how much that is. Thread
// rule: any thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "app/log_fold.h"
#include "app/published_head.h"
#include "base/result.h"

namespace huiyin::app {

inline constexpr std::chrono::milliseconds figures_every = std::chrono::seconds(1);
inline constexpr std::size_t disclosed_lines_max = 2'000;  // of one answer: some megabytes, which a slow reader holds for long

class PublishedFigures {
 public:
  struct Parts {
    Store& store;
    FindPublishedHead find_head;
    const Jurisdiction& jurisdiction;
    std::function<void(std::string_view)> log_fault;  // for the operator; one line
  };
  explicit PublishedFigures(Parts parts) : parts_(std::move(parts)) {}
  ~PublishedFigures();
  PublishedFigures(const PublishedFigures&) = delete;
  PublishedFigures& operator=(const PublishedFigures&) = delete;

  // Begins to follow the log, on a thread of its own, until the end.
  void start();
  // Reads up to the published head, a piece at a time.
  void catch_up();

  // figures.json; `unavailable` until it was once at the published head since the start.
  [[nodiscard]] Result<std::string> figures();
  struct Lines {
    std::string text;
    std::optional<std::uint64_t> next;  // where to go on, when there are more
  };
  // Of the file of that month ("2026-03"), from the entry `from` on; `not_found` when there is none, `unavailable` as above.
  [[nodiscard]] Result<Lines> disclosures(std::string_view month, std::uint64_t from);

 private:
  bool is_ending();
  void follow();
  [[nodiscard]] std::optional<Error> not_ready() const;

  Parts parts_;
  std::mutex catching_up_;  // one at a time
  std::mutex mutex_;  // guards what follows
  LogFold fold_;
  bool ready_ = false;
  bool damaged_ = false;
  std::string figures_;  // made when they are asked for
  std::uint64_t figures_size_ = 0;
  bool ending_ = false;
  std::condition_variable wake_;
  std::thread thread_;
};

}  // namespace huiyin::app
