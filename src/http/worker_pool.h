// A few threads for slow work (password hashing), with a bounded queue, so that it never runs on an I/O thread.
// Thread rule: post() from any thread; constructed and destroyed by one.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace huiyin::http {

class WorkerPool {
 public:
  // `failed` hears what() of a task that threw, on a thread of the pool.
  WorkerPool(std::size_t threads, std::size_t waiting_max, std::function<void(std::string_view)> failed = {});
  // Runs what waits, then ends.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when full or ending: answer `overloaded` then.
  [[nodiscard]] bool post(std::function<void()> task);
  [[nodiscard]] std::size_t waiting() const;

 private:
  void work();

  const std::size_t waiting_max_;
  const std::function<void(std::string_view)> failed_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace huiyin::http
