#include "log/receipt_check.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/assert.h"
#include "base/time.h"
#include "log/entry.h"

namespace huiyin::log {
namespace {

constexpr std::uint64_t seconds_a_day = 86'400;

struct Row {
  Finding finding;
  std::string_view name;
  Weight weight;
};

constexpr std::array<Row, 16> rows{{
    {Finding::included, "included", Weight::proves},
    {Finding::not_included, "not_included", Weight::refutes},
    {Finding::signed_by_log, "signed_by_log", Weight::proves},
    {Finding::signed_by_named_key, "signed_by_named_key", Weight::leaves_open},
    {Finding::signature_wrong, "signature_wrong", Weight::refutes},
    {Finding::signed_by_stranger, "signed_by_stranger", Weight::leaves_open},
    {Finding::named_key_differs, "named_key_differs", Weight::refutes},
    {Finding::no_checkpoint, "no_checkpoint", Weight::refutes},
    {Finding::witnessed, "witnessed", Weight::proves},
    {Finding::witness_wrong, "witness_wrong", Weight::refutes},
    {Finding::not_witnessed, "not_witnessed", Weight::leaves_open},
    {Finding::witness_unchecked, "witness_unchecked", Weight::leaves_open},
    {Finding::entry_unreadable, "entry_unreadable", Weight::leaves_open},
    {Finding::disclosed, "disclosed", Weight::proves},
    {Finding::disclosure_foreign, "disclosure_foreign", Weight::refutes},
    {Finding::dated_ahead, "dated_ahead", Weight::refutes},
}};

const Row& row_of(Finding finding) {
  const auto& row = rows.at(static_cast<std::size_t>(finding));
  HUIYIN_ASSERT(row.finding == finding);
  return row;
}

// What an entry of ours says of itself: its day and the digests of what may be disclosed.
struct EntryFacts {
  std::string day;
  std::set<Hash> digests;
};

template <class AnyEntry>
EntryFacts facts_of(const AnyEntry& entry) {
  EntryFacts facts{entry.day, {entry.fine.begin(), entry.fine.end()}};
  facts.digests.insert(entry.sd.begin(), entry.sd.end());
  return facts;
}

std::optional<EntryFacts> read_entry(std::string_view text) {
  if (const auto entry = parse_entry(text)) return facts_of(*entry);
  if (const auto sealed = parse_sealed_entry(text)) return facts_of(*sealed);
  if (const auto succession = parse_succession_entry(text)) return EntryFacts{succession->day, {}};
  return std::nullopt;
}

// A verifier's own line in the note: there and good, there and false, or not there.
enum class Line : std::uint8_t { good, wrong, absent };

Line line_of(const Note& note, const NoteVerifier& verifier) {
  const auto claims = [&](const NoteSignature& signature) { return verifier.claims(signature); };
  if (std::ranges::none_of(note.signatures, claims)) return Line::absent;
  return verify_note(note, {&verifier, 1}) ? Line::good : Line::wrong;
}

void check_place(ReceiptCheck& check, std::string_view entry, const ProofFile& proof) {
  const auto& head = *check.checkpoint;
  const bool leads = verify_inclusion(leaf_hash(as_bytes(entry)), proof.index, head.size, proof.hashes, head.root);
  check.findings.push_back(leads ? Finding::included : Finding::not_included);
}

// `named` is the key in the file, if it has one.
void check_signature(ReceiptCheck& check, const Note& note, const NoteVerifier* named, const std::vector<NoteVerifier>& logs) {
  const auto& origin = check.checkpoint->origin;
  bool good = false;
  bool known = false;
  bool wrong = false;
  for (const auto& log : logs) {
    if (log.name() != origin) continue;
    known = true;
    const auto line = line_of(note, log);
    good = good || line == Line::good;
    wrong = wrong || line == Line::wrong;
  }
  const auto is_named = [&](const NoteVerifier& log) { return log.vkey() == named->vkey(); };
  if (good && !wrong) check.findings.push_back(Finding::signed_by_log);
  if (wrong) check.findings.push_back(Finding::signature_wrong);
  // A trusted key of this very log, and another one in the file: whoever wrote the file made up a key, whether or not both
  // signed.
  if (known && named != nullptr && std::ranges::none_of(logs, is_named)) check.findings.push_back(Finding::named_key_differs);
  if (good || wrong) return;
  const bool fits = named != nullptr && named->name() == origin;
  const auto line = fits ? line_of(note, *named) : Line::absent;
  if (line == Line::good) check.findings.push_back(Finding::signed_by_named_key);
  else check.findings.push_back(named != nullptr ? Finding::signature_wrong : Finding::signed_by_stranger);
}

void check_witnesses(ReceiptCheck& check, const Note& note, const std::vector<NoteVerifier>& witnesses, bool claimed) {
  bool wrong = false;
  std::set<std::string> counted;
  for (const auto& witness : witnesses) {
    if (!counted.insert(witness.vkey()).second) continue;  // named twice, it vouches once
    const auto line = line_of(note, witness);
    wrong = wrong || line == Line::wrong;
    if (line != Line::good) continue;
    const auto good = verify_note(note, {&witness, 1});
    check.vouched.push_back({witness.name(), good->front().time.value_or(0)});
  }
  if (!check.vouched.empty()) check.findings.push_back(Finding::witnessed);
  if (wrong) check.findings.push_back(Finding::witness_wrong);
  if (witnesses.empty() && claimed) check.findings.push_back(Finding::witness_unchecked);
  if (!witnesses.empty() && check.vouched.empty()) check.findings.push_back(Finding::not_witnessed);
}

// A time zone is at most a day away from the witness's.
bool is_ahead(const std::string& day, const std::vector<Vouched>& vouched) {
  const auto claimed = day_from_iso(day);
  return claimed && std::ranges::any_of(vouched, [&](const Vouched& one) {
           const auto seen = one.time / seconds_a_day;
           return seen + 1 < static_cast<std::uint64_t>(std::max(claimed->number, 0));
         });
}

void check_disclosures(ReceiptCheck& check, const Receipt& receipt) {
  const auto facts = read_entry(receipt.entry);
  if (!facts) {
    check.findings.push_back(Finding::entry_unreadable);
    if (!receipt.disclosures.empty()) check.findings.push_back(Finding::disclosure_foreign);
    return;
  }
  if (is_ahead(facts->day, check.vouched)) check.findings.push_back(Finding::dated_ahead);
  bool foreign = false;
  for (const auto& encoded : receipt.disclosures) {
    const auto text = from_base64url(encoded);
    auto read = text ? read_disclosure(as_text(*text)) : std::nullopt;
    if (read && facts->digests.contains(crypto::sha256(encoded))) check.disclosed.push_back(*std::move(read));
    else foreign = true;
  }
  if (foreign) check.findings.push_back(Finding::disclosure_foreign);
  else if (!check.disclosed.empty()) check.findings.push_back(Finding::disclosed);
}

ReceiptCheck check_head(std::string_view entry, const ProofFile& proof, const NoteVerifier* named, const Trusted& trusted,
                        bool claimed) {
  ReceiptCheck check;
  check.index = proof.index;
  const auto note = parse_note(proof.checkpoint);
  check.checkpoint = note ? parse_checkpoint_text(note->text) : std::nullopt;
  if (!check.checkpoint) {
    check.findings.push_back(Finding::no_checkpoint);
    return check;
  }
  check_place(check, entry, proof);
  check_signature(check, *note, named, trusted.logs);
  check_witnesses(check, *note, trusted.witnesses, claimed);
  for (const auto& signature : note->signatures) {
    const auto claims = [&](const NoteVerifier& verifier) { return verifier.claims(signature); };
    const bool known = std::ranges::any_of(trusted.logs, claims) || std::ranges::any_of(trusted.witnesses, claims) ||
                       (named != nullptr && named->claims(signature));
    if (!known) ++check.unknown_signatures;
  }
  return check;
}

}  // namespace

Weight weight_of(Finding finding) noexcept { return row_of(finding).weight; }

std::string_view name_of(Finding finding) noexcept { return row_of(finding).name; }

std::span<const Finding> all_findings() noexcept {
  static constexpr auto all = [] {
    std::array<Finding, rows.size()> out{};
    for (std::size_t i = 0; i < rows.size(); ++i) out.at(i) = rows.at(i).finding;
    return out;
  }();
  return all;
}

bool ReceiptCheck::has(Finding finding) const { return std::ranges::find(findings, finding) != findings.end(); }

std::string_view name_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::proved: return "proved";
    case Verdict::unproved: return "unproved";
    case Verdict::refuted: return "refuted";
  }
  return "";
}

Verdict ReceiptCheck::verdict() const {
  if (std::ranges::find(findings, Weight::refutes, weight_of) != findings.end()) return Verdict::refuted;
  return has(Finding::included) && has(Finding::signed_by_log) ? Verdict::proved : Verdict::unproved;
}

ReceiptCheck check_receipt(const Receipt& receipt, const Trusted& trusted) {
  const auto named = NoteVerifier::parse(receipt.verifier_key);
  auto check = check_head(receipt.entry, receipt.proof, named ? &*named : nullptr, trusted, receipt.witnessed);
  if (check.checkpoint) check_disclosures(check, receipt);
  return check;
}

ReceiptCheck check_proof(std::string_view entry, const ProofFile& proof, const Trusted& trusted) {
  return check_head(entry, proof, nullptr, trusted, false);
}

}  // namespace huiyin::log
