#include "log/witness.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.h"
#include "log/line.h"

namespace huiyin::log {
namespace {

constexpr std::string_view old_mark = "old ";

bool continues(const AddCheckpoint& request, const Checkpoint& head, const std::optional<Cosigned>& before) {
  if (!before || before->size == 0) return request.proof.empty();  // a first head is taken on trust
  return verify_consistency(before->size, head.size, request.proof, before->root, head.root);
}

// Two words with one space between.
std::optional<std::pair<std::string_view, std::string_view>> two_words(std::string_view line) {
  const auto space = line.find(' ');
  if (space == std::string_view::npos || line.find(' ', space + 1) != std::string_view::npos) return std::nullopt;
  return std::pair(line.substr(0, space), line.substr(space + 1));
}

// What is wrong with a line of a policy; nothing when it was taken.
std::optional<WitnessPolicy::Fault::What> take_policy_line(WitnessPolicy& policy, std::string_view line) {
  using enum WitnessPolicy::Fault::What;
  const auto words = two_words(line);
  if (!words) return not_two_words;
  const auto [origin, vkey] = *words;
  if (!is_key_name(origin)) return wrong_origin;
  const auto key = NoteVerifier::parse(vkey);
  if (!key || key->type() != SignatureType::ed25519) return wrong_key;
  auto log = std::ranges::find(policy.logs, origin, &WitnessedLog::origin);
  if (log == policy.logs.end()) log = policy.logs.insert(log, WitnessedLog{std::string(origin), {}});
  if (std::ranges::any_of(log->keys, [&](const auto& known) { return known.vkey() == vkey; })) return twice;
  log->keys.push_back(*key);
  return std::nullopt;
}

}  // namespace

std::string to_text(const AddCheckpoint& request) {
  HUIYIN_ASSERT(request.proof.size() <= witness_hashes_max);
  auto text = fmt::format("{}{}\n", old_mark, request.old_size);
  for (const auto& hash : request.proof) text += to_base64(hash) + "\n";
  return text + "\n" + request.checkpoint;
}

std::optional<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
  if (body.size() > add_checkpoint_bytes_max) return std::nullopt;
  const auto first = take_line(body);
  if (!first || !first->starts_with(old_mark)) return std::nullopt;
  const auto old_size = parse_number(first->substr(old_mark.size()));
  if (!old_size) return std::nullopt;
  AddCheckpoint request{*old_size, {}, {}};
  for (auto line = take_line(body); line != ""; line = take_line(body)) {
    const auto hash = line ? parse_hash(*line) : std::nullopt;
    if (!hash || request.proof.size() == witness_hashes_max) return std::nullopt;
    request.proof.push_back(*hash);
  }
  if (!parse_note(body)) return std::nullopt;
  request.checkpoint = body;
  return request;
}

std::optional<std::string> origin_of(const AddCheckpoint& request) {
  const auto note = parse_note(request.checkpoint);
  auto checkpoint = note ? parse_checkpoint_text(note->text) : std::nullopt;
  return checkpoint ? std::optional(std::move(checkpoint->origin)) : std::nullopt;
}

// In the order of the specification.
WitnessDecision decide(const AddCheckpoint& request, const WitnessedLog* log, const std::optional<Cosigned>& before) {
  auto note = parse_note(request.checkpoint);
  const auto head = note ? parse_checkpoint_text(note->text) : std::nullopt;
  if (!head) return {WitnessAnswer::malformed};
  if (log == nullptr || log->origin != head->origin) return {WitnessAnswer::unknown_log};
  if (!verify_note(*note, log->keys)) return {WitnessAnswer::untrusted};
  if (request.old_size > head->size) return {WitnessAnswer::old_ahead};
  if (request.old_size != (before ? before->size : 0)) return {WitnessAnswer::conflict};
  if (!continues(request, *head, before)) return {WitnessAnswer::bad_proof};
  std::erase_if(note->signatures, [&](const NoteSignature& signature) {
    return std::ranges::none_of(log->keys, [&](const NoteVerifier& key) { return key.claims(signature); });
  });
  return {WitnessAnswer::cosign, head, *std::move(note)};
}

const WitnessedLog* WitnessPolicy::find(std::string_view origin) const {
  const auto found = std::ranges::find(logs, origin, &WitnessedLog::origin);
  return found == logs.end() ? nullptr : &*found;
}

WitnessPolicy parse_witness_policy(std::string_view text) {
  WitnessPolicy policy;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    if (const auto what = take_policy_line(policy, line)) policy.faults.push_back({number, *what});
  }
  return policy;
}

}  // namespace huiyin::log
