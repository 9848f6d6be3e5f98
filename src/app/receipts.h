// How receipts are made: of an event just written, and afresh of one that is stored.
#pragma once

#include <optional>

#include "app/committer.h"
#include "app/receipt.h"
#include "app/record_key.h"

namespace huiyin::app {

// Inside the transaction: its proof comes with the new head, and its disclosures are encoded by finish().
Receipt receipt_of(const SealedEvent& event, const Written& written);
// Once the head is signed.
void finish(Receipt& receipt, const SignedHead& head, const Jurisdiction& jurisdiction);

// Of a record's first event, under a signed head that the view covers: ask for the head first, for the view then. Who may have it
// is the caller's to ask.
Result<Receipt> first_receipt(ReadView& view, const RecordRow& record, const std::optional<SignedHead>& head,
                              const Jurisdiction& jurisdiction, Keys& keys);

}  // namespace huiyin::app
