#include "http/rate_limit.h"

#include <cmath>

#include "base/bytes.h"
#include "http/peers.h"

namespace huiyin::http {
namespace {

constexpr double ms_per_minute = 60'000;

// One subscriber of IPv6 holds a /64 at least (RFC 6177): the rest of the address is theirs to change at will.
std::string bucket_of(std::string_view client) {
  const auto address = NetAddress::parse(client);
  if (!address || address->is_v4()) return std::string(client);
  return to_hex(ByteView(address->bytes).first(8));
}

}  // namespace

double RateLimit::refilled(const Bucket& bucket, std::chrono::milliseconds now) const {
  const auto passed = static_cast<double>((now - bucket.at).count());
  return std::min<double>(per_minute_, bucket.tokens + passed * per_minute_ / ms_per_minute);
}

// Full buckets say nothing. If none is full, all start anew: better than refusing strangers for the sake of a flood.
void RateLimit::forget(std::chrono::milliseconds now) {
  std::erase_if(buckets_, [&](const auto& entry) { return refilled(entry.second, now) >= per_minute_; });
  if (buckets_.size() >= limited_clients_max) buckets_.clear();
}

std::optional<std::chrono::seconds> RateLimit::refuse(std::string_view client, std::chrono::milliseconds now) {
  if (per_minute_ == 0) return std::nullopt;
  const auto name = bucket_of(client);
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= limited_clients_max && !buckets_.contains(name)) forget(now);
  auto& bucket = buckets_.try_emplace(name, Bucket{static_cast<double>(per_minute_), now}).first->second;
  bucket.tokens = refilled(bucket, now);
  bucket.at = now;
  if (bucket.tokens < 1) {
    const double wait_ms = (1 - bucket.tokens) * ms_per_minute / per_minute_;
    return std::chrono::seconds(static_cast<std::int64_t>(std::ceil(wait_ms / 1000)));
  }
  bucket.tokens -= 1;
  return std::nullopt;
}

}  // namespace huiyin::http
