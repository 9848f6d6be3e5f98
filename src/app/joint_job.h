// JointJob: several jobs that are done together or not at all, in their order, and answered together.
#pragma once

#include <memory>
#include <vector>

#include "app/committer.h"

namespace huiyin::app {

// Each part answers for itself when all are committed, and with the one error when they are not. None of them may want proofs.
class JointJob final : public Job {
 public:
  explicit JointJob(std::vector<std::unique_ptr<Job>> parts) : parts_(std::move(parts)) {}
  [[nodiscard]] JurisdictionId jurisdiction() const override { return parts_.front()->jurisdiction(); }
  Result<void> run(Ledger& ledger) override {
    for (const auto& part : parts_) {
      if (auto done = part->run(ledger); !done.ok()) return done;
    }
    return {};
  }
  void committed(const SignedHead& head) override {
    for (const auto& part : parts_) part->committed(head);
  }
  void failed(Error error) override {
    for (const auto& part : parts_) part->failed(error);
  }

 private:
  std::vector<std::unique_ptr<Job>> parts_;
};

}  // namespace huiyin::app
