// The way of a reply from whichever thread gives it back to the I/O thread of its connection: once, late, or never.
// Internal to http; no network headers.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "http/exchange.h"

namespace huiyin::http {

// What one request waits for. Thread rule: only on the I/O thread of its connection.
struct Pending {
  bool arrived = false;
  std::optional<Response> response;  // empty after arrival: the reply was dropped without a call
  std::function<void()> wake;        // set while the connection waits; unset when it gave up

  void arrive(std::optional<Response> given) {
    if (arrived) return;
    arrived = true;
    response = std::move(given);
    if (wake) wake();
  }
};

// Where other threads leave replies for one I/O thread. Outlives the I/O thread, since a handler may reply after the stop.
class Mailbox {
 public:
  // `knock` makes the I/O thread call empty() soon; it is called under the lock, once for many replies.
  Mailbox(std::thread::id owner, std::function<void()> knock) : owner_(owner), knock_(std::move(knock)) {}

  void put(std::shared_ptr<Pending> pending, std::optional<Response> response) {
    if (std::this_thread::get_id() == owner_) {
      pending->arrive(std::move(response));
      return;
    }
    const std::lock_guard lock(mutex_);
    if (!knock_) return;
    letters_.emplace_back(std::move(pending), std::move(response));
    if (letters_.size() == 1) knock_();
  }
  void empty() {
    std::vector<std::pair<std::shared_ptr<Pending>, std::optional<Response>>> letters;
    {
      const std::lock_guard lock(mutex_);
      letters.swap(letters_);
    }
    for (auto& [pending, response] : letters) pending->arrive(std::move(response));
  }
  // After the I/O thread ended: what still comes is dropped.
  void close() {
    const std::lock_guard lock(mutex_);
    knock_ = nullptr;
    letters_.clear();
  }

 private:
  const std::thread::id owner_;
  std::mutex mutex_;
  std::function<void()> knock_;
  std::vector<std::pair<std::shared_ptr<Pending>, std::optional<Response>>> letters_;
};

// Behind every Reply: sees to it that exactly one answer goes into the mailbox.
class Ticket {
 public:
  Ticket(std::shared_ptr<Mailbox> mailbox, std::shared_ptr<Pending> pending)
      : mailbox_(std::move(mailbox)), pending_(std::move(pending)) {}
  ~Ticket() {
    if (!used_.load()) mailbox_->put(std::move(pending_), std::nullopt);
  }
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  void use(Response response) {
    if (!used_.exchange(true)) mailbox_->put(std::move(pending_), std::move(response));
  }

 private:
  std::shared_ptr<Mailbox> mailbox_;
  std::shared_ptr<Pending> pending_;
  std::atomic<bool> used_{false};
};

}  // namespace huiyin::http
