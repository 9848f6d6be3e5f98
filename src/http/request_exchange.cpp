#include "http/request_exchange.h"

#include "base/bytes.h"

namespace huiyin::http {
namespace {

constexpr std::int64_t ms_per_minute = 60'000;
constexpr std::int64_t ms_per_day = 86'400'000;

}  // namespace

RequestExchange::RequestExchange(app::Store& store, app::Keys& keys, const Clock& clock, std::string node, RateLimit& limit,
                                 std::function<void(std::string_view)> log_fault)
    : store_(store),
      clock_(clock),
      node_(std::move(node)),
      limit_(limit),
      log_fault_(std::move(log_fault)),
      key_(keys.for_purpose("request counts")) {}

RequestExchange::~RequestExchange() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RequestExchange::start() {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, exchange_every, [this] { return ending_; })) {
      lock.unlock();
      round();
      lock.lock();
    }
  });
}

crypto::Hash RequestExchange::hash_of(std::string_view client, Instant at) const {
  const auto today = crypto::derive(key_, std::to_string(at.ms / ms_per_day));
  return crypto::keyed_hash(today.bytes(), as_bytes(client));
}

void RequestExchange::round() {
  const auto now = clock_.monotonic();
  const auto wall = clock_.now();
  const auto minute = wall.ms / ms_per_minute;
  auto busy = limit_.take_busy(now);
  std::vector<crypto::Hash> hashes;
  std::vector<app::RequestCount> counted;
  for (const auto& [client, requests] : busy) {
    hashes.push_back(hash_of(client, wall));
    if (requests > 0) counted.push_back({hashes.back(), minute, static_cast<std::uint64_t>(requests)});
  }
  try {
    learn(store_.exchange_request_counts(node_, minute - request_minutes_kept, counted), now);
  } catch (const std::exception& fault) {
    if (!std::exchange(fault_told_, true)) {
      log_fault_(std::string("this node cannot hear how much clients ask of the others, and limits by itself until it can: ") +
                 fault.what());
    }
    return;
  }
  fault_told_ = false;
  for (std::size_t i = 0; i < busy.size(); ++i) {
    const auto debt = debts_.extract(hashes[i]);
    busy[i].requests = debt.empty() ? 0 : debt.mapped().requests;
  }
  std::erase_if(busy, [](const ClientRequests& elsewhere) { return elsewhere.requests == 0; });
  limit_.charge(busy, now);
}

double RequestExchange::drained(const Debt& debt, std::chrono::milliseconds now) const {
  const auto passed = static_cast<double>((now - debt.at).count());
  return std::max(0.0, debt.requests - passed * limit_.per_minute() / ms_per_minute);
}

void RequestExchange::learn(const std::vector<app::RequestCount>& others, std::chrono::milliseconds now) {
  const bool knows = last_ && now - *last_ <= exchange_silence_max;
  if (!knows) debts_.clear();
  for (auto& [client, debt] : debts_) debt = {drained(debt, now), now};
  std::erase_if(debts_, [](const auto& entry) { return entry.second.requests == 0; });
  decltype(seen_) seen;
  for (const auto& [client, minute, requests] : others) {
    const auto before = seen_.find({client, minute});
    const auto known = before == seen_.end() ? 0 : before->second;
    seen.emplace(std::pair(client, minute), requests);
    if (!knows || requests <= known) continue;  // fewer: a node whose clock is ahead erased some
    auto& debt = debts_[client];
    debt = {debt.requests + static_cast<double>(requests - known), now};
  }
  seen_ = std::move(seen);
  last_ = now;
}

}  // namespace huiyin::http
