// A token bucket for each client, so that one cannot use up the server for all. Thread rule: any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace huiyin::http {

// Beyond this many clients at once the emptiest knowledge is forgotten rather than memory spent.
inline constexpr std::size_t limited_clients_max = 65'536;

class RateLimit {
 public:
  // Each client may send `per_minute` on average and as many at once; 0 lifts the limit.
  explicit RateLimit(unsigned per_minute) : per_minute_(per_minute) {}

  // Nothing when the request may pass; else after how long the next one may.
  std::optional<std::chrono::seconds> refuse(std::string_view client, std::chrono::milliseconds now);

 private:
  struct Bucket {
    double tokens = 0;
    std::chrono::milliseconds at{};
  };
  double refilled(const Bucket& bucket, std::chrono::milliseconds now) const;
  void forget(std::chrono::milliseconds now);

  unsigned per_minute_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace huiyin::http
