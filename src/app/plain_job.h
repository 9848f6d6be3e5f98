// PlainJob: a write beside the log, such as of sessions, accounts and absences. It goes on while the clock is in doubt.
#pragma once

#include <functional>

#include "app/committer.h"

namespace huiyin::app {

class PlainJob final : public Job {
 public:
  PlainJob(JurisdictionId jurisdiction, std::function<Result<void>(Ledger&)> act, std::function<void(Result<void>)> done)
      : jurisdiction_(jurisdiction), act_(std::move(act)), done_(std::move(done)) {}
  [[nodiscard]] JurisdictionId jurisdiction() const override { return jurisdiction_; }
  Result<void> run(Ledger& ledger) override { return act_(ledger); }
  [[nodiscard]] bool writes_log() const override { return false; }
  void committed(const SignedHead&) override { done_({}); }
  void failed(Error error) override { done_(std::move(error)); }

 private:
  JurisdictionId jurisdiction_;
  std::function<Result<void>(Ledger&)> act_;
  std::function<void(Result<void>)> done_;
};

}  // namespace huiyin::app
