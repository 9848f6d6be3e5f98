// Chinese addresses, from the number of the house on: the street and the estate stay, for they say where the matter is and
// thousands live there. What leads to one door (building and room) is always taken; a number in a street, or a building alone,
// only where somebody says they live there. Rooms of offices are left.
#include <algorithm>

#include "analysis/personal/page.h"

namespace huiyin::personal {
namespace {

constexpr std::size_t residence_reach_letters = 30;
constexpr std::size_t part_letters_max = 6;
constexpr std::size_t parts_max = 8;

enum class PartKind : std::uint8_t { none, house, group, building, entrance, floor, room };

struct AddressPart {
  PartKind kind = PartKind::none;
  std::size_t end = 0;
};

struct Suffix {
  std::u32string_view words;
  PartKind kind;
};

// The longer before the shorter.
constexpr std::array<Suffix, 23> suffixes{
    {{U"号大院", PartKind::house},   {U"号楼", PartKind::building}, {U"号栋", PartKind::building}, {U"号院", PartKind::house},
     {U"号房", PartKind::room},      {U"号门面", PartKind::room},   {U"号附", PartKind::house},    {U"号之", PartKind::house},
     {U"号", PartKind::house},       {U"#栋", PartKind::building},  {U"#", PartKind::building},    {U"栋", PartKind::building},
     {U"幢", PartKind::building},    {U"座", PartKind::building},   {U"单元", PartKind::entrance}, {U"门", PartKind::entrance},
     {U"层", PartKind::floor},       {U"楼", PartKind::floor},      {U"室", PartKind::room},       {U"房", PartKind::room},
     {U"村民小组", PartKind::group}, {U"组", PartKind::group},      {U"弄", PartKind::house}}};

bool is_number_word(char32_t c) noexcept {
  constexpr std::u32string_view words = U"一二三四五六七八九十百零〇";
  return c != U'\0' && words.find(c) != std::u32string_view::npos;
}

bool in_part(char32_t c) noexcept { return is_digit(c) || is_latin(c) || is_number_word(c) || c == U'附' || c == U'第'; }

// "3栋", "12号", "二单元", "B2座", "502室", "附5号".
AddressPart part_at(const Letters& letters, std::size_t begin) {
  auto i = begin;
  bool number = false;
  while (i - begin < part_letters_max && in_part(letters[i])) {
    number = number || is_digit(letters[i]) || is_number_word(letters[i]) || is_latin(letters[i]);
    ++i;
  }
  if (!number || in_part(letters[i])) return {};
  if (letters[i] == U' ') ++i;
  for (const auto& suffix : suffixes) {
    std::size_t k = 0;
    while (k < suffix.words.size() && letters[i + k] == suffix.words[k]) ++k;
    if (k == suffix.words.size()) return {suffix.kind, i + k};
  }
  return {};
}

// A room without a word behind it, at the end of an address: "3栋2单元501", "5-1-502".
std::size_t bare_room_end(const Letters& letters, std::size_t begin) {
  auto i = begin;
  std::size_t digits = 0;
  while (digits < 4 && is_digit(letters[i])) {
    ++i;
    ++digits;
  }
  if (digits < 3 || is_digit(letters[i]) || is_latin(letters[i])) return 0;
  constexpr std::u32string_view not_rooms = U"人户元万个年名次米平天多余号线路";
  return letters[i] != U'\0' && not_rooms.find(letters[i]) != std::u32string_view::npos ? 0 : i;
}

struct Address {
  std::size_t end = 0;
  bool house = false, group = false, building = false, door = false;
  bool figures = false;  // the first part has digits or letters; 一栋 is any building
};

std::size_t past_joint(const Letters& letters, std::size_t i) {
  return letters[i] == U' ' || letters[i] == U'-' || letters[i] == U',' || letters[i] == U'、' || letters[i] == U'/' ? i + 1 : i;
}

Address address_at(const Letters& letters, std::size_t begin) {
  Address address;
  auto at = begin;
  for (std::size_t count = 0; count < parts_max; ++count) {
    const auto part = part_at(letters, at);
    if (part.kind == PartKind::none) break;
    if (count == 0) address.figures = is_digit(letters[begin]) || is_latin(letters[begin]);
    address.house = address.house || part.kind == PartKind::house;
    address.group = address.group || part.kind == PartKind::group;
    address.building = address.building || part.kind == PartKind::building || part.kind == PartKind::entrance;
    address.end = part.end;
    if (part.kind == PartKind::room) {
      address.door = count > 0;
      break;
    }
    at = past_joint(letters, part.end);
    if (!address.building) continue;
    // "2-501" and "501" behind a building.
    auto room = at;
    if (is_digit(letters[room]) && letters[room + 1] == U'-') room += 2;
    if (const auto end = bare_room_end(letters, room)) {
      const auto named = part_at(letters, room);
      address.end = named.kind == PartKind::room ? named.end : end;
      address.door = true;
      if (named.kind == PartKind::none || named.kind == PartKind::room) break;
    }
  }
  return address;
}

// What a house number may stand behind: 湘江路12号, 石桥村3组12号.
bool is_street_end(char32_t c) noexcept {
  constexpr std::u32string_view ends = U"路街巷弄道里村组坊院镇庄桥湾园苑区城庭府居段线东西南北";
  return c != U'\0' && ends.find(c) != std::u32string_view::npos;
}

// Somebody lives there; an address by itself may be an office's, and is when one is named before it.
bool is_lived_in(const Page& page, std::size_t begin) {
  if (page.told_before(Told::residence, begin, residence_reach_letters)) return true;
  return page.told_before(Told::address, begin, residence_reach_letters) &&
         !page.told_before(Told::office, begin, 2 * residence_reach_letters);
}

bool is_office_room(const Page& page, std::size_t begin) {
  constexpr std::size_t office_reach_letters = 10;
  return page.told_before(Told::office, begin, office_reach_letters);
}

}  // namespace

void find_addresses(Page& page) {
  const auto& letters = page.letters();
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (!in_part(letters[i]) || in_part(letters.before(i))) continue;
    const auto address = address_at(letters, i);
    if (address.end == 0) continue;
    const auto before = letters.before(i) == U' ' ? letters.before(i - 1) : letters.before(i);
    const bool street = is_street_end(before);
    const bool resident = is_lived_in(page, i);
    if (!is_office_room(page, i)) {
      if (address.door) page.found(Kind::address, i, address.end, Why::door);
      else if (resident &&
               ((address.house && street) || (address.building && address.figures) || (address.group && before == U'村')))
        page.found(Kind::address, i, address.end, Why::residence);
    }
    i = address.end - 1;
  }
}

}  // namespace huiyin::personal
