// A token bucket for each client, so that one cannot use up the server for all. Where several nodes serve, each has buckets of
// its own, and http/request_exchange.h takes from them what the client asked of the others. Thread rule: any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace huiyin::http {

// Beyond this many clients at once the emptiest knowledge is forgotten rather than memory spent.
inline constexpr std::size_t limited_clients_max = 65'536;
// So many clients at once are told the other nodes at most; the rest is limited by each node alone.
inline constexpr std::size_t busy_clients_max = 1'024;
// A client that takes less than this part of the limit in a minute is quiet: nobody is told of it.
inline constexpr unsigned busy_part = 10;

struct ClientRequests {
  std::string client;  // the name of its bucket: an address of IPv4, or the first half of one of IPv6
  double requests = 0;
};

class RateLimit {
 public:
  // Each client may send `per_minute` on average and as many at once; 0 lifts the limit.
  explicit RateLimit(unsigned per_minute) : per_minute_(per_minute), share_((per_minute + busy_part - 1) / busy_part) {}

  // Nothing when the request may pass; else after how long the next one may.
  std::optional<std::chrono::seconds> refuse(std::string_view client, std::chrono::milliseconds now);

  // The clients that took a tenth of the limit in this minute or the one before, each with what it took since the last call.
  std::vector<ClientRequests> take_busy(std::chrono::milliseconds now);
  // Requests that passed elsewhere. A bucket goes below zero by one limit at most: whoever shares an address with a flood is let
  // in again within two minutes of its end.
  void charge(const std::vector<ClientRequests>& elsewhere, std::chrono::milliseconds now);

  [[nodiscard]] unsigned per_minute() const noexcept { return per_minute_; }

 private:
  struct Bucket {
    double tokens = 0;
    std::chrono::milliseconds at{};
    unsigned asked = 0;  // that passed in the minute of `at`
    unsigned asked_before = 0;  // in the minute before that
    unsigned untold = 0;  // of these, since take_busy()
    bool busy = false;  // its name is in busy_
  };
  [[nodiscard]] double refilled(const Bucket& bucket, std::chrono::milliseconds now) const;
  void advance(Bucket& bucket, std::chrono::milliseconds now) const;
  void forget(std::chrono::milliseconds now);

  unsigned per_minute_;
  unsigned share_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
  std::vector<std::string> busy_;  // so that take_busy() need not look at every bucket while requests wait
};

}  // namespace huiyin::http
