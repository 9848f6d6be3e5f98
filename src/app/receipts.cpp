#include "app/receipts.h"

#include "log/tree.h"
#include "texts/keys.h"

namespace huiyin::app {

std::string leaf_text(const Receipt& receipt) { return to_base64url(log::leaf_hash(as_bytes(receipt.entry))); }

Receipt receipt_of(const SealedEvent& event, const Written& written) {
  Receipt receipt{written.entry, written.fine, {written.index, {}, {}}, {}};
  for (const auto& text : event.plain) {
    if (text) receipt.disclosures.push_back(*text);
  }
  return receipt;
}

void finish(Receipt& receipt, const SignedHead& head, const Jurisdiction& jurisdiction) {
  for (auto& text : receipt.disclosures) text = to_base64url(as_bytes(text));
  receipt.proof.checkpoint = head.note;
  receipt.verifier_key = jurisdiction.signer.vkey();
}

Result<Receipt> first_receipt(ReadView& view, const RecordRow& record, const std::optional<SignedHead>& head,
                              const Jurisdiction& jurisdiction, Keys& keys) {
  const auto first = view.find_event(record.id, 1);
  const auto entry = first ? view.find_entry(first->log_index) : std::nullopt;
  const auto key = RecordKey::of(keys, record);
  if (!head || !entry || head->size <= first->log_index || !key.ok()) {
    return Error{Code::unavailable, {key::committer_damaged}, {}, "a receipt cannot be made: run `huiyin fsck`"};
  }
  Receipt receipt{*entry, first->disclosures, {first->log_index, {}, {}}, {}};
  receipt.proof.hashes = log::inclusion_proof(first->log_index, head->size, view);
  for (std::size_t i = 0; i < private_classes; ++i) {
    if (auto text = key->disclosure(*first, static_cast<PrivateClass>(i))) receipt.disclosures.push_back(*std::move(text));
  }
  finish(receipt, *head, jurisdiction);
  return receipt;
}

}  // namespace huiyin::app
