// CaseWords: what a case says, as topics and similar cases compare it: terms (pairs of Chinese characters, words of other
// scripts), place names, areas, and a sketch of the text that near copies share.
//
// Digits count here (route 805 is not route 806), so this does not go through the classifier's letters, which make all digits
// alike. Width, case, compatibility forms (NFKC_Casefold) and traditional characters are made alike. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huiyin::analysis {

inline constexpr std::size_t case_characters_max = 4'000;  // of subject or body; the rest is not looked at
inline constexpr float subject_weight = 6;                 // of a word there, against one in the body
inline constexpr std::size_t sketch_size = 32;             // hashes kept of a text's shingles
inline constexpr std::size_t shingle_characters = 4;

// Letters and digits of a text, folded as above; 0 where something else stands. Never two 0 in a row.
std::vector<char32_t> folded_letters(std::string_view text);

struct CountedTerm {
  std::uint32_t term = 0;  // hash; its lowest bit tells that it stands in the name of a place
  float count = 0;         // in the subject more than in the body
};

// A name that ends as places do (小区, 路, 公司): its last two characters before the ending tell it from others, wherever it
// begins.
struct PlaceName {
  std::uint32_t key = 0;  // hash
  float count = 0;  // in the subject more than in the body
  std::u32string words{};  // as far back as it may reach; its beginning is not known
};

inline bool is_of_place(std::uint32_t term) noexcept { return (term & 1U) != 0; }

// The smallest hashes of the text's shingles (bottom-k sketch), rising. The share of common ones estimates how much two texts
// have in common (Broder 1997, "On the resemblance and containment of documents").
struct CopySketch {
  std::array<std::uint32_t, sketch_size> hashes{};
  std::uint32_t count = 0;
};

struct CaseWords {
  std::vector<CountedTerm> terms;  // by hash, each once
  std::vector<PlaceName> places;  // by key, each once
  std::vector<std::u32string> areas;  // coded or named districts, each once: A3区, 临江县
  std::vector<std::uint32_t> phrases;  // hashes of four characters in a row in the subject, each once
  bool subject_names_place = false;
  CopySketch sketch;  // of the body, or of the subject where there is no body
};

CaseWords words_of_case(std::string_view subject, std::string_view body);
CopySketch sketch_of(const std::vector<char32_t>& letters);
// 0 to 1: how much the texts behind two sketches have in common (Jaccard, estimated).
float resemblance(const CopySketch& one, const CopySketch& other) noexcept;

// Runs of at least `letters_min` letters whose terms all stand in `terms` (rising), each once.
std::vector<std::u32string> shared_runs(const std::vector<char32_t>& letters, std::span<const std::uint32_t> terms,
                                        std::size_t letters_min);

std::string utf8_of(std::u32string_view letters);

}  // namespace huiyin::analysis
