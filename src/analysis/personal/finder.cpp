#include "analysis/personal/finder.h"

#include <algorithm>

#include "analysis/personal/names.h"
#include "analysis/personal/page.h"
#include "texts/keys.h"

namespace huiyin::personal {
namespace {

// What stands beside a finding changes when it is masked; more rounds than a few have never been seen (personal_test.cpp).
constexpr std::size_t rounds_max = 16;

constexpr std::array<std::string_view, told_count> sections{
    "phone",     "identity", "passport", "card", "account",    "plate",        "number of",
    "residence", "address",  "office",   "name", "maybe name", "english name", "maybe english name"};

}  // namespace

std::string_view name_of(Kind kind) noexcept {
  switch (kind) {
    case Kind::phone: return "phone";
    case Kind::identity: return "identity";
    case Kind::passport: return "passport";
    case Kind::bank_card: return "bank_card";
    case Kind::email: return "email";
    case Kind::account: return "account";
    case Kind::plate: return "plate";
    case Kind::address: return "address";
    case Kind::name: return "name";
  }
  return {};
}

Key reason_of(Why why) noexcept {
  switch (why) {
    case Why::shape: return key::personal_why_shape;
    case Why::check_digit: return key::personal_why_check_digit;
    case Why::word_before: return key::personal_why_word_before;
    case Why::residence: return key::personal_why_residence;
    case Why::door: return key::personal_why_door;
  }
  return {};
}

Masks masks_of(Language language) {
  constexpr std::array<Key, kind_count> keys{key::personal_mask_phone, key::personal_mask_identity, key::personal_mask_passport,
                                             key::personal_mask_card,  key::personal_mask_email,    key::personal_mask_account,
                                             key::personal_mask_plate, key::personal_mask_address,  key::personal_mask_name};
  Masks masks;
  for (std::size_t i = 0; i < kind_count; ++i) masks.at(i) = say(keys.at(i), language);
  return masks;
}

struct Finder::Words {
  Words()
      : chinese(reading::phrase_sections("personal.zh.txt")),
        english(reading::phrase_sections("personal.en.txt")),
        names(chinese, english) {
    for (std::size_t i = 0; i < told_count; ++i) {
      for (const auto* sections_of : {&chinese, &english}) {
        const auto section = sections_of->find(sections.at(i));
        if (section != sections_of->end()) telling.add(section->second, static_cast<std::uint8_t>(i));
      }
    }
  }

  reading::PhraseSections chinese, english;
  NameWords names;
  reading::PhraseSet telling;
};

Finder::Finder() : words_(std::make_unique<Words>()) {}
Finder::~Finder() = default;

std::vector<Finding> Finder::find(std::string_view text) const {
  Page page(text);
  for (std::size_t i = 0; i < page.letters().size(); ++i) {
    words_->telling.at(page.letters(), i, [&](std::uint8_t tag, std::size_t end) { page.tell(static_cast<Told>(tag), i, end); });
  }
  page.order_told();
  find_mail(page);
  find_numbers(page);
  find_spelled_numbers(page);
  find_labelled_codes(page);
  find_addresses(page);
  find_english_addresses(page);
  find_names(page, words_->names);
  find_english_names(page, words_->names);
  return page.findings();
}

Masked Finder::mask(std::string_view text, const Masks& masks) const {
  Masked masked{std::string(text), {}};
  for (std::size_t round = 0; round < rounds_max; ++round) {
    const auto findings = find(masked.text);
    if (findings.empty()) break;
    std::string next;
    std::size_t from = 0;
    for (const auto& finding : findings) {
      next.append(masked.text, from, finding.begin - from).append(masks.at(static_cast<std::size_t>(finding.kind)));
      from = finding.end;
      ++masked.counts.at(static_cast<std::size_t>(finding.kind));
    }
    next.append(masked.text, from);
    masked.text = std::move(next);
  }
  return masked;
}

}  // namespace huiyin::personal
