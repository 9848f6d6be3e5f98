#include "http/metrics.h"

#include <fmt/format.h>

#include <cmath>

#include "base/assert.h"

namespace huiyin::http {
namespace {

// From a read out of memory to a password hash in a queue.
const std::vector<double> seconds_bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') out += "\\n";
    else out += c;
  }
  return out;
}

std::string label_text(const Metrics::Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels) text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, escaped(value));
  return text;
}

std::string braced(std::string_view labels) { return labels.empty() ? std::string() : fmt::format("{{{}}}", labels); }

std::string number_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return fmt::format("{}", value);
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds) : bounds_(std::move(bounds)), counts_(bounds_.size() + 1) {}

void Histogram::observe(double seconds) noexcept {
  const auto at = static_cast<std::size_t>(std::lower_bound(bounds_.begin(), bounds_.end(), seconds) - bounds_.begin());
  counts_[at].fetch_add(1, std::memory_order_relaxed);
  sum_us_.fetch_add(static_cast<std::uint64_t>(std::max(0.0, seconds) * 1e6), std::memory_order_relaxed);
}

void Histogram::write(std::string& out, std::string_view name, std::string_view labels) const {
  const auto lead = labels.empty() ? std::string() : std::string(labels) + ",";
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    total += counts_[i].load(std::memory_order_relaxed);
    const auto bound = i < bounds_.size() ? number_text(bounds_[i]) : std::string("+Inf");
    out += fmt::format("{}_bucket{{{}le=\"{}\"}} {}\n", name, lead, bound, total);
  }
  const auto sum = static_cast<double>(sum_us_.load(std::memory_order_relaxed)) / 1e6;
  out += fmt::format("{}_sum{} {}\n", name, braced(labels), number_text(sum));
  out += fmt::format("{}_count{} {}\n", name, braced(labels), total);
}

Metrics::Family& Metrics::family(std::string_view name, std::string_view help, std::string_view kind) {
  auto& found = families_.try_emplace(std::string(name), Family{std::string(help), kind}).first->second;
  HUIYIN_ASSERT(found.kind == kind);
  return found;
}

Counter& Metrics::counter(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock(mutex_);
  auto& place = family(name, help, "counter").counters[label_text(labels)];
  if (place == nullptr) place = &counters_.emplace_back();
  return *place;
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock(mutex_);
  auto& place = family(name, help, "histogram").histograms[label_text(labels)];
  if (place == nullptr) place = &histograms_.emplace_back(seconds_bounds);
  return *place;
}

void Metrics::gauge(std::string_view name, std::string_view help, std::function<double()> read, const Labels& labels) {
  const std::lock_guard lock(mutex_);
  family(name, help, "gauge").gauges[label_text(labels)] = std::move(read);
}

void Metrics::remove_gauge(std::string_view name, const Labels& labels) {
  const std::lock_guard lock(mutex_);
  if (const auto found = families_.find(name); found != families_.end()) found->second.gauges.erase(label_text(labels));
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [name, family] : families_) {
    if (family.counters.empty() && family.histograms.empty() && family.gauges.empty()) continue;
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, family.help, name, family.kind);
    for (const auto& [labels, counter] : family.counters) out += fmt::format("{}{} {}\n", name, braced(labels), counter->value());
    for (const auto& [labels, histogram] : family.histograms) histogram->write(out, name, labels);
    for (const auto& [labels, read] : family.gauges) out += fmt::format("{}{} {}\n", name, braced(labels), number_text(read()));
  }
  return out;
}

}  // namespace huiyin::http
