// Audit: what fsck must know of one record type: how its events make a state, and what its read tables should then hold. One a
// type, listed in app/audits.cpp.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/codec.h"
#include "app/store.h"
#include "domain/record.h"

namespace huiyin::app {

using TellFault = std::function<void(std::string)>;

class Audit {
 public:
  struct Step {
    Standpoint standpoint;  // after the event
    EncodedEvent encoded;   // written again
  };
  virtual ~Audit() = default;
  [[nodiscard]] virtual std::string_view record_type() const = 0;
  virtual void begin_record() = 0;
  // Nothing when the event cannot be read.
  virtual std::optional<Step> take(const EventRow& row, const OpenedContent& opened) = 0;
  virtual void end_record(ReadView& view, RecordId id, const TellFault& fault) = 0;
  virtual void end(ReadView& view, const TellFault& fault) = 0;
};

// The half that is alike in all.
template <RecordType R>
class AuditOf : public Audit {
 public:
  [[nodiscard]] std::string_view record_type() const override { return R::name; }
  void begin_record() override { state_ = {}; }
  std::optional<Step> take(const EventRow& row, const OpenedContent& opened) override {
    const auto event = decode<typename R::Event>(row.name, row.facts, opened);
    if (!event) return std::nullopt;
    state_ = evolve(std::move(state_), *event, row.at);
    return Step{standpoint(state_), encode(*event)};
  }

 protected:
  [[nodiscard]] const typename R::State& state() const { return state_; }

 private:
  typename R::State state_;
};

// Of every record type this program knows.
std::vector<std::unique_ptr<Audit>> all_audits();

}  // namespace huiyin::app
