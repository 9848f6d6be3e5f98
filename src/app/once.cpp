#include "app/once.h"

#include "texts/keys.h"

namespace huiyin::app {

Once::Once(const OnceKey& once)
    : key_hash_(crypto::sha256("huiyin idempotency row:" + once.key)),
      request_(once.request),
      key_(crypto::sha256("huiyin idempotency key:" + once.key)) {}

Result<std::optional<Once::Before>> Once::find(Ledger& ledger) const {
  const auto row = ledger.view().find_idempotency(key_hash_);
  if (!row || row->expires <= ledger.now()) return std::optional<Before>();
  if (row->request_hash != request_) return Error{Code::conflict, {key::idempotency_other_request}};
  Before before{row->record, std::nullopt};
  if (const auto reply = crypto::open(key_, row->sealed, key_hash_)) before.reply = std::string(as_text(*reply));
  return std::optional(std::move(before));
}

void Once::keep(Ledger& ledger, RecordId record, std::string_view reply, Random& random) const {
  ledger.view().put_idempotency(
      {key_hash_, request_, record, crypto::seal(key_, as_bytes(reply), key_hash_, random), ledger.now() + idempotency_kept});
}

}  // namespace huiyin::app
