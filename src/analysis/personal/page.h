// One text on its way through the finder: its letters, where telling words stand in it, and what was found so far. One thread.
#pragma once

#include <string_view>
#include <vector>

#include "analysis/personal/finding.h"
#include "analysis/reading/letters.h"

namespace huiyin::personal {

using reading::is_digit;
using reading::is_han;
using reading::is_latin;
using reading::is_upper;
using reading::Letters;
using reading::lower;

// Words that tell what follows. The sections of phrases/personal.*.txt, by the same names.
enum class Told : std::uint8_t {
  phone,      // a phone number follows
  identity,   // an identity number
  passport,   // a passport or permit
  card,       // a number of an account at a bank
  account,    // a name at a messaging service
  plate,      // a number plate
  number_of,  // the number of an order, a case, a meter: nobody's own
  residence,  // where somebody lives
  address,    // an address follows, of somebody or of an office
  office,     // where nobody lives
  name,       // a name follows, surely
  maybe_name, // a name may follow
  english_name,
  maybe_english_name,
};
inline constexpr std::size_t told_count = 14;

class Page {
 public:
  explicit Page(std::string_view text) : letters_(reading::letters_of(text)), taken_(letters_.size(), false) {}

  [[nodiscard]] const Letters& letters() const noexcept { return letters_; }
  void tell(Told what, std::size_t begin, std::size_t end) { told_.at(static_cast<std::size_t>(what)).push_back({begin, end}); }
  void order_told();  // when all are told
  struct Words {
    std::size_t begin, end;  // letters
  };
  [[nodiscard]] const std::vector<Words>& told(Told what) const { return told_.at(static_cast<std::size_t>(what)); }

  // Such a word stands before that letter, with nothing between but what joins a label to its value (": ", "是", "number is").
  [[nodiscard]] bool labelled(Told what, std::size_t begin) const { return label_end(what, begin) != 0; }
  // Where the nearest such word ends; 0: there is none.
  [[nodiscard]] std::size_t label_end(Told what, std::size_t begin) const;
  // Such a word stands before that letter in the same sentence, at most `reach` letters away.
  [[nodiscard]] bool told_before(Told what, std::size_t begin, std::size_t reach) const;

  [[nodiscard]] bool is_free(std::size_t begin, std::size_t end) const;
  // Letters [begin, end); nothing happens where something stands already.
  void found(Kind kind, std::size_t begin, std::size_t end, Why why);
  // In their order.
  std::vector<Finding> findings();

 private:
  Letters letters_;
  std::array<std::vector<Words>, told_count> told_;
  std::vector<bool> taken_;
  std::vector<Finding> findings_;
};

// The recognisers. Each looks at the whole page; those before have the right of way.
struct NameWords;
void find_mail(Page& page);
void find_numbers(Page& page);
void find_spelled_numbers(Page& page);
void find_labelled_codes(Page& page);  // passports, accounts, plates
void find_addresses(Page& page);
void find_english_addresses(Page& page);
void find_names(Page& page, const NameWords& words);
void find_english_names(Page& page, const NameWords& words);

}  // namespace huiyin::personal
