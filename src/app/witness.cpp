#include "app/witness.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/crypto.h"

namespace huiyin::app {
namespace {

constexpr std::string_view plain_text = "text/plain; charset=utf-8";
constexpr std::string_view size_type = "text/x.tlog.size";

Witness::Answer refusal_of(log::WitnessAnswer answer) {
  switch (answer) {
    case log::WitnessAnswer::malformed: return {400, plain_text, "expected an add-checkpoint body (c2sp.org/tlog-witness)\n"};
    case log::WitnessAnswer::old_ahead: return {400, plain_text, "the old size is beyond the checkpoint's\n"};
    case log::WitnessAnswer::untrusted:
      return {403, plain_text, "the checkpoint is not signed by a key that this witness trusts\n"};
    case log::WitnessAnswer::unknown_log: return {404, plain_text, "this witness does not know the log of this origin\n"};
    case log::WitnessAnswer::bad_proof: return {422, plain_text, "the proof does not lead from the last head to this one\n"};
    case log::WitnessAnswer::conflict:
    case log::WitnessAnswer::cosign: break;
  }
  return {500, plain_text, "\n"};
}

}  // namespace

std::string witness_log_name(std::string_view origin) { return to_hex(crypto::sha256(origin)); }

Witness::Witness(log::WitnessPolicy policy, log::Cosigner cosigner, CosignedHeads& heads, const Clock& clock)
    : policy_(std::move(policy)), cosigner_(std::move(cosigner)), heads_(heads), clock_(clock) {
  const auto own = log::NoteVerifier::parse(cosigner_.vkey());
  for (const auto& log : policy_.logs) {
    log_names_ += log.origin + "\n";
    const auto name = witness_log_name(log.origin);
    auto text = heads_.find(name);
    if (!text) continue;
    const auto note = log::parse_note(*text);
    const auto head = note ? log::parse_checkpoint_text(note->text) : std::nullopt;
    if (!head || head->origin != log.origin || !log::verify_note(*note, {&*own, 1})) {
      throw std::runtime_error(
          fmt::format("the kept head of {} is not one that this witness cosigned: bring back its folder whole", log.origin));
    }
    kept_[name] = {{head->size, head->root}, *std::move(text)};
  }
}

Witness::Answer Witness::add_checkpoint(std::string_view body) {
  const auto request = log::parse_add_checkpoint(body);
  const auto origin = request ? log::origin_of(*request) : std::nullopt;
  if (!origin) return refusal_of(log::WitnessAnswer::malformed);
  const auto name = witness_log_name(*origin);
  const std::scoped_lock lock(mutex_);
  const auto kept = kept_.find(name);
  const auto before = kept == kept_.end() ? std::nullopt : std::optional(kept->second.head);
  auto decision = log::decide(*request, policy_.find(*origin), before);
  if (decision.answer == log::WitnessAnswer::conflict) return {409, size_type, fmt::format("{}\n", before ? before->size : 0)};
  if (decision.answer != log::WitnessAnswer::cosign) return refusal_of(decision.answer);
  const auto cosignature = cosigner_.cosign(decision.note.text, static_cast<std::uint64_t>(clock_.now().ms / 1000));
  decision.note.signatures.push_back(cosignature);
  auto text = to_text(decision.note);
  heads_.keep(name, text);
  kept_[name] = {{decision.checkpoint->size, decision.checkpoint->root}, std::move(text)};
  return {200, plain_text, to_text(cosignature)};
}

std::optional<std::string> Witness::checkpoint(std::string_view log) const {
  const std::scoped_lock lock(mutex_);
  const auto kept = kept_.find(log);
  return kept == kept_.end() ? std::nullopt : std::optional(kept->second.note);
}

}  // namespace huiyin::app
