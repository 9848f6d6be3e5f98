// Features: what of a message the classifier counts. Runs of one, two and three tokens of the subject; and, in a block of their
// own, runs of one and two tokens of the whole text, those of the subject counted twice. Each is a hash; runs do not cross
// breaks. One thread an object; it keeps its memory from message to message.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/letters.h"

namespace huiyin::analysis {

// Changes when other features come out of the same text: a model of other features does not fit.
inline constexpr std::uint32_t feature_scheme = 1;

struct MessageText {
  std::string_view subject, body;  // well-formed UTF-8
};

struct Feature {
  std::uint32_t hash = 0;
  std::uint32_t count = 0;
  std::uint32_t first = 0;   // the token it begins with, where it stands first
  std::uint8_t length = 0;   // tokens
  bool in_subject = false;  // of the subject's block
};

// Of a run of tokens without a break, as it is counted in that block.
std::uint32_t hash_of(std::span<const Token> run, bool in_subject);

class FeatureReader {
 public:
  explicit FeatureReader(const Letters& letters) : letters_(letters) {}

  // The features of a message, each once: those of the subject's block, then those of the whole text,
  // in the order in which they first stand there. Valid until the next call.
  std::span<const Feature> read(const MessageText& message);
  // Of the message that was read: its tokens, those of the subject first.
  [[nodiscard]] std::span<const Token> tokens() const noexcept { return tokens_; }
  [[nodiscard]] std::size_t subject_tokens() const noexcept { return subject_tokens_; }

 private:
  static constexpr std::size_t slots_min = 64;  // a power of two
  static constexpr std::uint32_t no_feature = 0xFFFFFFFFU;
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t feature = no_feature;
  };
  void count(std::size_t first, std::size_t end, bool in_subject, std::uint32_t times);
  void add(const Feature& feature);
  void make_room();

  const Letters& letters_;
  std::vector<Token> tokens_;
  std::size_t subject_tokens_ = 0;
  std::vector<Feature> features_;  // the first found_ are of this message
  std::uint32_t found_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace huiyin::analysis
