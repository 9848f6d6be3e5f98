// JointJob: several jobs that are done together or not at all, in their order, and answered together.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/committer.h"

namespace huiyin::app {

struct JobPart {
  std::unique_ptr<Job> job;
  std::string field{};  // where its input stands in the whole; an error about its input names it there
};

// Each part answers for itself when all are committed, and with the one error when they are not. None of them may want proofs.
class JointJob final : public Job {
 public:
  explicit JointJob(std::vector<JobPart> parts) : parts_(std::move(parts)) {}
  [[nodiscard]] JurisdictionId jurisdiction() const override { return parts_.front().job->jurisdiction(); }
  Result<void> run(Ledger& ledger) override {
    for (const auto& part : parts_) {
      if (auto done = part.job->run(ledger); !done.ok()) return placed(std::move(done).error(), part.field);
    }
    return {};
  }
  void committed(const SignedHead& head) override {
    for (const auto& part : parts_) part.job->committed(head);
  }
  void failed(Error error) override {
    for (const auto& part : parts_) part.job->failed(error);
  }

 private:
  static Error placed(Error error, const std::string& field) {
    if (!field.empty()) {
      for (auto& wrong : error.fields) wrong.field = field + "." + wrong.field;
    }
    return error;
  }
  std::vector<JobPart> parts_;
};

}  // namespace huiyin::app
