// Figures about the running server, in Prometheus' text format 0.0.4. Labels carry route names and classes, never anything a
// person sent. Thread rule: any thread; counters and histograms, once found, stay where they are and take no lock.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huiyin::http {

class Counter {
 public:
  void add(std::uint64_t count = 1) noexcept { value_.fetch_add(count, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class Histogram {
 public:
  explicit Histogram(std::vector<double> bounds);  // ascending, seconds
  void observe(double seconds) noexcept;
  void write(std::string& out, std::string_view name, std::string_view labels) const;

 private:
  std::vector<double> bounds_;
  std::vector<std::atomic<std::uint64_t>> counts_;  // one a bound, and one above all
  std::atomic<std::uint64_t> sum_us_{0};            // whole microseconds: no floating-point loop under contention
};

class Metrics {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;

  // The same name and labels give the same counter. `help` of the first call counts.
  Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, const Labels& labels = {});
  // Asked for at each reading, under the lock of this object: must be quick and must not call back. Replaces one of the same
  // name and labels.
  void gauge(std::string_view name, std::string_view help, std::function<double()> read, const Labels& labels = {});
  // Before what a gauge reads goes away.
  void remove_gauge(std::string_view name, const Labels& labels = {});

  [[nodiscard]] std::string text() const;

 private:
  struct Family {
    std::string help;
    std::string_view kind;
    std::map<std::string, Counter*> counters{};
    std::map<std::string, Histogram*> histograms{};
    std::map<std::string, std::function<double()>> gauges{};
  };
  Family& family(std::string_view name, std::string_view help, std::string_view kind);

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;
  std::deque<Counter> counters_;
  std::deque<Histogram> histograms_;
};

}  // namespace huiyin::http
