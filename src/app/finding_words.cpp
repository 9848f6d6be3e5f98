#include "app/finding_words.h"

#include "texts/keys.h"

namespace huiyin::app {

Key words_of(log::Verdict verdict) noexcept {
  switch (verdict) {
    case log::Verdict::proved: return key::verify_proved;
    case log::Verdict::unproved: return key::verify_unproved;
    case log::Verdict::refuted: return key::verify_refuted;
  }
  return key::verify_refuted;
}

Key words_of(log::Weight weight) noexcept {
  switch (weight) {
    case log::Weight::proves: return key::verify_part_yes;
    case log::Weight::leaves_open: return key::verify_part_open;
    case log::Weight::refutes: return key::verify_part_no;
  }
  return key::verify_part_no;
}

Message words_of(log::Finding finding, const FindingWords& words) {
  switch (finding) {
    case log::Finding::included:
      return {key::finding_included, {{"index", words.index}, {"size", words.size}, {"origin", words.origin}}};
    case log::Finding::not_included: return {key::finding_not_included};
    case log::Finding::signed_by_log: return {key::finding_signed_by_log};
    case log::Finding::signed_by_named_key: return {key::finding_signed_by_named_key};
    case log::Finding::signature_wrong: return {key::finding_signature_wrong};
    case log::Finding::signed_by_stranger: return {key::finding_signed_by_stranger};
    case log::Finding::named_key_differs: return {key::finding_named_key_differs};
    case log::Finding::no_checkpoint: return {key::finding_no_checkpoint};
    case log::Finding::witnessed: return {key::finding_witnessed, {{"witnesses", words.witnesses}}};
    case log::Finding::witness_wrong: return {key::finding_witness_wrong};
    case log::Finding::not_witnessed: return {key::finding_not_witnessed};
    case log::Finding::witness_unchecked: return {key::finding_witness_unchecked};
    case log::Finding::entry_unreadable: return {key::finding_entry_unreadable};
    case log::Finding::disclosed: return {key::finding_disclosed};
    case log::Finding::disclosure_foreign: return {key::finding_disclosure_foreign};
    case log::Finding::dated_ahead: return {key::finding_dated_ahead};
  }
  return {key::finding_not_included};
}

}  // namespace huiyin::app
