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

// Windows of a fixed minute show a client that keeps an even pace, whose bucket is always full, as well as one that bursts.
void RateLimit::advance(Bucket& bucket, std::chrono::milliseconds now) const {
  now = std::max(now, bucket.at);  // threads read the clock before they wait for the lock
  const auto minutes = std::chrono::floor<std::chrono::minutes>(now) - std::chrono::floor<std::chrono::minutes>(bucket.at);
  if (minutes.count() > 0) {
    if (bucket.asked < share_) bucket.untold = 0;
    bucket.asked_before = minutes.count() == 1 ? std::exchange(bucket.asked, 0) : 0;
    bucket.asked = 0;
  }
  bucket.tokens = refilled(bucket, now);
  bucket.at = now;
}

// Full buckets say nothing. If none is full, all start anew: better than refusing strangers for the sake of a flood.
void RateLimit::forget(std::chrono::milliseconds now) {
  std::erase_if(buckets_, [&](const auto& entry) { return !entry.second.busy && refilled(entry.second, now) >= per_minute_; });
  if (buckets_.size() < limited_clients_max) return;
  buckets_.clear();
  busy_.clear();
}

std::optional<std::chrono::seconds> RateLimit::refuse(std::string_view client, std::chrono::milliseconds now) {
  if (per_minute_ == 0) return std::nullopt;
  const auto name = bucket_of(client);
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= limited_clients_max && !buckets_.contains(name)) forget(now);
  auto& bucket = buckets_.try_emplace(name, Bucket{static_cast<double>(per_minute_), now}).first->second;
  advance(bucket, now);
  if (bucket.tokens < 1) {
    const double wait_ms = (1 - bucket.tokens) * ms_per_minute / per_minute_;
    return std::chrono::seconds(static_cast<std::int64_t>(std::ceil(wait_ms / 1000)));
  }
  bucket.tokens -= 1;
  ++bucket.asked;
  ++bucket.untold;
  if (bucket.asked >= share_ && !bucket.busy && busy_.size() < busy_clients_max) {
    bucket.busy = true;
    busy_.push_back(name);
  }
  return std::nullopt;
}

std::vector<ClientRequests> RateLimit::take_busy(std::chrono::milliseconds now) {
  std::vector<ClientRequests> out;
  const std::lock_guard lock(mutex_);
  std::erase_if(busy_, [&](const std::string& name) {
    auto& bucket = buckets_.at(name);
    advance(bucket, now);
    bucket.busy = bucket.asked >= share_ || bucket.asked_before >= share_;
    if (bucket.busy) out.push_back({name, static_cast<double>(std::exchange(bucket.untold, 0))});
    return !bucket.busy;
  });
  return out;
}

void RateLimit::charge(const std::vector<ClientRequests>& elsewhere, std::chrono::milliseconds now) {
  const std::lock_guard lock(mutex_);
  for (const auto& [client, requests] : elsewhere) {
    const auto found = buckets_.find(client);
    if (found == buckets_.end()) continue;  // forgotten in a flood
    advance(found->second, now);
    found->second.tokens = std::max(found->second.tokens - requests, -static_cast<double>(per_minute_));
  }
}

}  // namespace huiyin::http
