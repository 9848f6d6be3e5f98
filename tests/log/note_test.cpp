// Signed notes and verifier keys: what is accepted, and above all what is not.
#include "log/note.h"

#include <gtest/gtest.h>

namespace huiyin::log {
namespace {

// The example in the documentation of the Go package golang.org/x/mod/sumdb/note.
constexpr std::string_view go_text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
constexpr std::string_view go_vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view go_seed = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view go_signature =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

crypto::SigningKey key_filled_with(std::uint8_t fill) {
  std::array<std::uint8_t, 32> seed{};
  seed.fill(fill);
  return crypto::SigningKey(seed);
}

std::string go_note() { return std::string(go_text) + "\n" + std::string(go_signature); }

// A witness as the specification has it: type 04, u64 seconds, Ed25519 over "cosignature/v1\ntime <t>\n" and the text.
struct Witness {
  std::string name;
  crypto::SigningKey key;

  [[nodiscard]] Bytes material() const {
    Bytes bytes{4};
    bytes.insert(bytes.end(), key.public_key().begin(), key.public_key().end());
    return bytes;
  }
  [[nodiscard]] std::uint32_t key_id() const {
    auto hashed = name + "\n";
    hashed += as_text(material());
    const auto hash = crypto::sha256(hashed);
    return static_cast<std::uint32_t>(hash[0] << 24U | hash[1] << 16U | hash[2] << 8U | hash[3]);
  }
  [[nodiscard]] std::string vkey() const {
    const auto id = key_id();
    const std::array<std::uint8_t, 4> bytes{static_cast<std::uint8_t>(id >> 24U), static_cast<std::uint8_t>(id >> 16U),
                                            static_cast<std::uint8_t>(id >> 8U), static_cast<std::uint8_t>(id)};
    return name + "+" + to_hex(bytes) + "+" + to_base64(material());
  }
  [[nodiscard]] NoteSignature cosign(std::string_view text, std::uint64_t time) const {
    const auto message = "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
    Bytes bytes;
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(time >> static_cast<unsigned>(shift)));
    const auto signature = key.sign(as_bytes(message));
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return {name, key_id(), bytes};
  }
};

TEST(Note, SignsAndReadsTheExampleOfTheGoPackage) {
  const auto seed = *from_base64(go_seed);
  std::array<std::uint8_t, 32> bytes{};
  std::copy(seed.begin() + 1, seed.end(), bytes.begin());
  const NoteSigner signer("PeterNeumann", crypto::SigningKey(bytes));
  EXPECT_EQ(signer.vkey(), go_vkey);
  EXPECT_EQ(signer.sign(go_text), go_note());
  const auto note = parse_note(go_note());
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, go_text);
  EXPECT_EQ(to_text(*note), go_note());
  const auto good = verify_note(*note, std::vector{*NoteVerifier::parse(go_vkey)});
  ASSERT_TRUE(good);
  ASSERT_EQ(good->size(), 1U);
  EXPECT_FALSE(good->front().time);
}

TEST(Note, ReadsTheExampleOfTheSpecification) {
  const auto verifier = NoteVerifier::parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  ASSERT_TRUE(verifier);
  const auto note = parse_note(
      "This is an example message.\n\n"
      "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n");
  ASSERT_TRUE(note);
  EXPECT_TRUE(verify_note(*note, {&*verifier, 1}));
}

TEST(Note, IsSplitAtTheLastBlankLine) {
  const NoteSigner signer("a.example/log", key_filled_with(1));
  const auto note = parse_note(signer.sign("one\n\n— b.example AAAAAAA=\n\n\ntwo\n"));
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, "one\n\n— b.example AAAAAAA=\n\n\ntwo\n");
  EXPECT_EQ(note->signatures.size(), 1U);
}

TEST(Note, IgnoresUnknownKeysAndRejectsAWrongSignatureOfAKnownOne) {
  const std::string text = "a.example/log\n1\n";
  const NoteSigner ours("a.example/log", key_filled_with(1));
  const NoteSigner same_name("a.example/log", key_filled_with(2));
  const NoteSigner stranger("c.example", key_filled_with(3));
  const auto our_key = *NoteVerifier::parse(ours.vkey());
  const auto stranger_key = *NoteVerifier::parse(stranger.vkey());
  auto forged = ours.signature(text);
  forged.signature[5] ^= 1U;
  auto cut = ours.signature(text);
  cut.signature.pop_back();
  struct {
    std::string what;
    std::vector<NoteSignature> signatures;
    std::vector<NoteVerifier> known;
    bool good;
  } const table[] = {
      {"by a known key", {ours.signature(text)}, {our_key}, true},
      {"and by a stranger", {stranger.signature(text), ours.signature(text)}, {our_key}, true},
      {"and by another key of that name", {same_name.signature(text), ours.signature(text)}, {our_key}, true},
      {"by a stranger only", {stranger.signature(text)}, {our_key}, false},
      {"by another key of that name only", {same_name.signature(text)}, {our_key}, false},
      {"nobody known", {ours.signature(text)}, {}, false},
      {"forged", {forged}, {our_key}, false},
      {"too short", {cut}, {our_key}, false},
      {"over another text", {ours.signature("other\n")}, {our_key}, false},
      {"one known good, one known wrong", {stranger.signature(text), forged}, {our_key, stranger_key}, false},
      {"good and then wrong by the same key", {ours.signature(text), forged}, {our_key}, false},
      {"two known", {ours.signature(text), stranger.signature(text)}, {our_key, stranger_key}, true},
  };
  for (const auto& [what, signatures, known, good] : table) {
    const auto note = parse_note(to_text(Note{text, signatures}));
    ASSERT_TRUE(note) << what;
    EXPECT_EQ(verify_note(*note, known).has_value(), good) << what;
  }
}

TEST(Note, CountsAKeyOnceHoweverOftenItSigned) {
  const NoteSigner signer("a.example", key_filled_with(1));
  const auto key = *NoteVerifier::parse(signer.vkey());
  const Note note{"x\n", {signer.signature("x\n"), signer.signature("x\n")}};
  EXPECT_EQ(verify_note(note, {&key, 1})->size(), 1U);
}

TEST(Note, AcceptsSixteenLargeSignaturesAndNotAnyNumber) {
  const NoteSigner signer("a.example", key_filled_with(1));
  const auto key = *NoteVerifier::parse(signer.vkey());
  Note note{"x\n", {signer.signature("x\n")}};
  while (note.signatures.size() < 17) note.signatures.push_back({"pq.example", 7, Bytes(5'000, 1)});
  const auto read = parse_note(to_text(note));
  ASSERT_TRUE(read);
  EXPECT_TRUE(verify_note(*read, {&key, 1}));
  Note many{"x\n", std::vector<NoteSignature>(note_signatures_max, signer.signature("x\n"))};
  EXPECT_TRUE(parse_note(to_text(many)));
  many.signatures.push_back(signer.signature("x\n"));
  EXPECT_FALSE(parse_note(to_text(many)));
  EXPECT_FALSE(parse_note(signer.sign(std::string(note_bytes_max, 'x') + "\n")));
}

TEST(Note, RefusesWhatIsMalformed) {
  const std::string text = "text\n";
  const std::string signature(go_signature);
  const auto with = [&](std::string_view line) { return text + "\n" + std::string(line); };
  for (const auto& note : std::vector<std::string>{"",
                                                   "\n",
                                                   "\n\n",
                                                   text,
                                                   text + "\n",
                                                   text + signature,
                                                   "text\n \n" + signature,
                                                   signature,
                                                   "\n" + signature,
                                                   with(signature) + "\n",
                                                   with(signature) + signature.substr(0, signature.size() - 1),
                                                   with(signature.substr(0, signature.size() - 1)),
                                                   with(signature) + "more\n",
                                                   "te\rxt\n\n" + signature,
                                                   "te\txt\n\n" + signature,
                                                   std::string("te\0xt\n\n", 7) + signature,
                                                   "te\xFFxt\n\n" + signature,
                                                   with("- a x08go/ZJ\n"),
                                                   with("—a x08go/ZJ\n"),
                                                   with("— x08go/ZJ\n"),
                                                   with("—  x08go/ZJ\n"),
                                                   with("— a+b x08go/ZJ\n"),
                                                   with("— a\u00A0b x08go/ZJ\n"),
                                                   with("— a\u3000b x08go/ZJ\n"),
                                                   with("— a  x08go/ZJ\n"),
                                                   with("— a x08go/ZJ \n"),
                                                   with("— a x08go/Z\n"),
                                                   with("— a x08go_ZJ\n"),
                                                   with("— a x08goA==\n"),
                                                   with("— a x08go/Y\n"),
                                                   with("— a \n"),
                                                   with("— a\n")}) {
    EXPECT_FALSE(parse_note(note)) << note;
  }
  EXPECT_TRUE(parse_note(with(signature)));
  EXPECT_TRUE(parse_note("\n\n" + signature));  // the text is one empty line
  EXPECT_TRUE(parse_note(with("— 镜.example x08go/ZJ\n")));
}

TEST(VerifierKey, IsReadInOneSpellingOnly) {
  ASSERT_TRUE(NoteVerifier::parse(go_vkey));
  EXPECT_EQ(NoteVerifier::parse(go_vkey)->vkey(), go_vkey);
  for (const std::string_view vkey :
       {"", "PeterNeumann", "PeterNeumann+c74f20a3", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "Peter Neumann+c74f20a3+ARpc",
        "PeterNeumanN+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n"}) {
    EXPECT_FALSE(NoteVerifier::parse(vkey)) << vkey;
  }
}

TEST(Cosignature, IsVerifiedWithItsTime) {
  const Witness witness{"w.example/one", key_filled_with(9)};
  const auto key = NoteVerifier::parse(witness.vkey());
  ASSERT_TRUE(key);
  EXPECT_EQ(key->type(), SignatureType::cosignature);
  const std::string text = "a.example/log\n1\nroot\n";
  const NoteSigner log("a.example/log", key_filled_with(1));
  Note note{text, {log.signature(text), witness.cosign(text, 1'772'323'200)}};
  const std::vector verifiers{*NoteVerifier::parse(log.vkey()), *key};
  const auto good = verify_note(note, verifiers);
  ASSERT_TRUE(good);
  ASSERT_EQ(good->size(), 2U);
  EXPECT_EQ((*good)[1].verifier, 1U);
  EXPECT_EQ((*good)[1].time, 1'772'323'200U);

  auto earlier = note;
  earlier.signatures[1].signature[7] ^= 1U;  // another time under the same signature
  EXPECT_FALSE(verify_note(earlier, verifiers));
  note.signatures[1] = witness.cosign(text, std::uint64_t{1} << 63U);
  EXPECT_FALSE(verify_note(note, verifiers));
  note.signatures[1] = witness.cosign("other\n", 1);
  EXPECT_FALSE(verify_note(note, verifiers));
  note.signatures[1].signature.resize(64);
  EXPECT_FALSE(verify_note(note, verifiers));
}

TEST(Cosignature, OfOurOwnWitnessIsTheOneOfTheSpecification) {
  const Witness witness{"w.example/one", key_filled_with(9)};
  const Cosigner ours("w.example/one", key_filled_with(9));
  const std::string text = "a.example/log\n1\nroot\n";
  EXPECT_EQ(ours.vkey(), witness.vkey());
  EXPECT_EQ(ours.cosign(text, 1'772'323'200), witness.cosign(text, 1'772'323'200));
  EXPECT_EQ(ours.cosign(text, 0), witness.cosign(text, 0));
}

}  // namespace
}  // namespace huiyin::log
