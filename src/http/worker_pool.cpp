#include "http/worker_pool.h"

#include <exception>

#include "base/assert.h"

namespace huiyin::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t waiting_max, std::function<void(std::string_view)> failed)
    : waiting_max_(waiting_max), failed_(std::move(failed)) {
  HUIYIN_ASSERT(threads > 0);
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool WorkerPool::post(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (ending_ || tasks_.size() >= waiting_max_) return false;
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return tasks_.size();
}

void WorkerPool::work() {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    try {
      task();
    } catch (const std::exception& fault) {
      if (failed_) failed_(fault.what());
    } catch (...) {
      if (failed_) failed_("an exception of unknown type");
    }
  }
}

}  // namespace huiyin::http
