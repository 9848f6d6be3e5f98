// Checkpoints: three lines in one spelling, and whose signature makes one worth trusting.
#include "log/checkpoint.h"

#include <gtest/gtest.h>

#include "log/line.h"

namespace huiyin::log {
namespace {

constexpr std::string_view root_line = "PyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcA=";

Checkpoint example() { return {"a.example/town/log1", 70'000, *parse_hash(root_line)}; }

crypto::SigningKey key_of(std::uint8_t fill) {
  std::array<std::uint8_t, 32> seed{};
  seed.fill(fill);
  return crypto::SigningKey(seed);
}

TEST(Checkpoint, IsThreeLines) {
  const std::string text = "a.example/town/log1\n70000\nPyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcA=\n";
  EXPECT_EQ(checkpoint_text(example()), text);
  EXPECT_EQ(parse_checkpoint_text(text), example());
  const Checkpoint empty{"a", 0, empty_root()};
  EXPECT_EQ(checkpoint_text(empty), "a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  EXPECT_EQ(parse_checkpoint_text(checkpoint_text(empty)), empty);
  const Checkpoint largest{"城.example", UINT64_MAX, *parse_hash(root_line)};
  EXPECT_EQ(parse_checkpoint_text(checkpoint_text(largest)), largest);
}

TEST(Checkpoint, RefusesEveryOtherSpelling) {
  const std::string root(root_line);
  for (const auto& text : std::vector<std::string>{"",
                                                   "\n",
                                                   "\n\n\n",
                                                   "a\n",
                                                   "a\n1\n",
                                                   "a\n1\n" + root,
                                                   "\n1\n" + root + "\n",
                                                   "a\n\n" + root + "\n",
                                                   "a\n01\n" + root + "\n",
                                                   "a\n+1\n" + root + "\n",
                                                   "a\n-1\n" + root + "\n",
                                                   "a\n1 \n" + root + "\n",
                                                   "a\n 1\n" + root + "\n",
                                                   "a\n1e3\n" + root + "\n",
                                                   "a\n0x1\n" + root + "\n",
                                                   "a\n18446744073709551616\n" + root + "\n",
                                                   "a\n1\n" + root + "\nextension\n",
                                                   "a\n1\n" + root + "\n\n",
                                                   "a\n1\n" + root + " \n",
                                                   "a\r\n1\n" + root + "\n",
                                                   "a\n1\n" + root.substr(0, 43) + "\n",
                                                   "a\n1\n" + root.substr(0, 40) + "\n",
                                                   "a\n1\nAA" + root + "\n",
                                                   "a\n1\nPyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcB=\n",
                                                   "a\n0\n" + root + "\n",
                                                   "a\xFF\n1\n" + root + "\n"}) {
    EXPECT_FALSE(parse_checkpoint_text(text)) << text;
  }
}

TEST(Checkpoint, CountsOnlyWhenItsOwnLogSignedIt) {
  const NoteSigner log("a.example/town/log1", key_of(1));
  const NoteSigner other_log("a.example/town/log2", key_of(2));
  const auto key = *NoteVerifier::parse(log.vkey());
  const auto other_key = *NoteVerifier::parse(other_log.vkey());
  const auto text = checkpoint_text(example());
  EXPECT_EQ(open_checkpoint(*parse_note(log.sign(text)), key), example());
  EXPECT_FALSE(open_checkpoint(*parse_note(other_log.sign(text)), key));
  // A good signature by a log that we know, under the origin of another.
  EXPECT_FALSE(open_checkpoint(*parse_note(other_log.sign(text)), other_key));
  auto forged = *parse_note(log.sign(text));
  forged.text = checkpoint_text({example().origin, 70'001, example().root});
  EXPECT_FALSE(open_checkpoint(forged, key));
  EXPECT_FALSE(open_checkpoint(*parse_note(log.sign(text + "extension\n")), key));
}

}  // namespace
}  // namespace huiyin::log
