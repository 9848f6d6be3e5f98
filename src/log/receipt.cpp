#include "log/receipt.h"

#include <boost/json.hpp>

#include "base/canonical_json.h"
#include "base/json.h"
#include "log/disclosure.h"
#include "log/entry.h"
#include "log/note.h"
#include "texts/keys.h"

namespace huiyin::log {
namespace {

constexpr std::string_view state_signed = "signed";
constexpr std::string_view state_witnessed = "witnessed";
constexpr std::size_t key_bytes_max = 1024;
constexpr std::size_t proof_bytes_max = note_bytes_max + (proof_hashes_max + 3) * 64;

constexpr std::size_t in_base64(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

// The text of a field as it stands, byte for byte; empty, and refused, when it is none that `fits`.
template <class Fits>
std::string exact(FieldReader& reader, std::string_view name, std::size_t bytes_max, const Message& expected, Fits fits) {
  const auto* value = reader.raw(name);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  if (text != nullptr && text->size() <= bytes_max && fits(std::string_view(*text))) return std::string(*text);
  reader.refuse(name, value == nullptr ? std::string() : shown(*value), expected);
  return {};
}

void read_entry(FieldReader& reader, Receipt& receipt) {
  exact(reader, "entry", in_base64(entry_bytes_max), {key::receipt_expected_entry}, [&](std::string_view encoded) {
    const auto bytes = from_base64(encoded);
    if (!bytes || bytes->empty() || bytes->size() > entry_bytes_max) return false;
    receipt.entry = as_text(*bytes);
    return true;
  });
}

void read_disclosures(FieldReader& reader, Receipt& receipt) {
  const auto* list = reader.array("disclosures", {0, receipt_disclosures_max});
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto* text = (*list)[i].if_string();
    if (text != nullptr && text->size() <= in_base64(disclosure_bytes_max) && from_base64url(*text)) {
      receipt.disclosures.emplace_back(*text);
    } else {
      reader.refuse("disclosures[" + std::to_string(i) + "]", shown((*list)[i]), {key::receipt_expected_disclosure});
    }
  }
}

void read_proof(FieldReader& reader, Receipt& receipt) {
  exact(reader, "proof", proof_bytes_max, {key::receipt_expected_proof}, [&](std::string_view text) {
    auto proof = parse_proof_file(text);
    if (proof) receipt.proof = *std::move(proof);
    return proof.has_value();
  });
}

}  // namespace

// Written piece by piece: it stands in every answer to a submission, so it goes without a tree of values.
std::string to_text(const Receipt& receipt) {
  std::string out = R"({"format":)";
  write_canonical_string(out, receipt_format);
  out += R"(,"state":)";
  write_canonical_string(out, receipt.witnessed ? state_witnessed : state_signed);
  out += R"(,"verifier_key":)";
  write_canonical_string(out, receipt.verifier_key);
  out += R"(,"entry":)";
  write_canonical_string(out, to_base64(as_bytes(receipt.entry)));
  out += R"(,"disclosures":[)";
  for (std::size_t i = 0; i < receipt.disclosures.size(); ++i) {
    if (i > 0) out += ',';
    write_canonical_string(out, receipt.disclosures[i]);
  }
  out += R"(],"proof":)";
  write_canonical_string(out, to_text(receipt.proof));
  return out + '}';
}

Result<Receipt> parse_receipt(std::string_view file) {
  if (file.size() > receipt_bytes_max) {
    return Error{Code::too_large, {key::receipt_too_large, {{"max", std::to_string(receipt_bytes_max / 1024)}}}};
  }
  const auto value = parse_json(file);
  if (!value.ok()) return value.error();
  FieldReader reader(*value);
  exact(reader, "format", key_bytes_max, {key::receipt_expected_format, {{"format", std::string(receipt_format)}}},
        [](std::string_view text) { return text == receipt_format; });
  Receipt receipt;
  receipt.witnessed = exact(reader, "state", key_bytes_max, {key::receipt_expected_state}, [](std::string_view text) {
                        return text == state_signed || text == state_witnessed;
                      }) == state_witnessed;
  receipt.verifier_key = exact(reader, "verifier_key", key_bytes_max, {key::receipt_expected_key}, [](std::string_view text) {
    const auto verifier = NoteVerifier::parse(text);
    return verifier && verifier->type() == SignatureType::ed25519;
  });
  read_entry(reader, receipt);
  read_disclosures(reader, receipt);
  read_proof(reader, receipt);
  if (auto faults = reader.done(); !faults.empty()) return Error{Code::invalid, {key::receipt_unreadable}, std::move(faults)};
  return receipt;
}

}  // namespace huiyin::log
