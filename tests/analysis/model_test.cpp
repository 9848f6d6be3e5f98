#include "analysis/model.h"

#include "analysis/sample_messages.h"
#include "base/catalogue.h"
#include "texts/keys.h"

namespace huiyin::analysis {
namespace {

using testing::HasSubstr;

std::string words_of(const Result<Model>& read) { return read.ok() ? "" : say(read.error().message, Language::en); }

// As a model that was made by hand would be: with a digest that fits.
std::string sealed(std::string bytes) {
  bytes.resize(bytes.size() - 32);
  const auto digest = crypto::sha256(std::string_view(bytes));
  return bytes.append(reinterpret_cast<const char*>(digest.data()), digest.size());
}

const std::string& sample_bytes() {
  static const auto bytes = write_model(sample_model());
  return bytes;
}

TEST(Model, ComesBackAsItWasWritten) {
  const auto model = sample_model();
  const auto read = read_model(sample_bytes());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(write_model(*read), sample_bytes());
  EXPECT_EQ(read->features, model.features);
  EXPECT_EQ(read->numbers, model.numbers);
  EXPECT_EQ(read->vocabulary(), model.vocabulary());
  EXPECT_EQ(read->examples, 60U);
  ASSERT_EQ(read->categories.size(), 3U);
  EXPECT_EQ(read->categories[0].name, "噪声") << "by name";
  EXPECT_EQ(read->categories[2].examples, 20U);
}

TEST(Model, CutOffAnywhereIsRefused) {
  const auto& bytes = sample_bytes();
  for (std::size_t size = 0; size < bytes.size(); size += size < 400 ? 1 : 997) {
    const auto read = read_model(bytes.substr(0, size));
    EXPECT_THAT(words_of(read), HasSubstr(size < 8 ? "This is no model file" : "cut off or damaged")) << size;
  }
  EXPECT_THAT(words_of(read_model(bytes + '\0')), HasSubstr("cut off or damaged"));
}

TEST(Model, WithOneByteChangedIsRefused) {
  for (std::size_t at = 0; at < sample_bytes().size(); at += at < 400 ? 1 : 997) {
    auto bytes = sample_bytes();
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    EXPECT_FALSE(read_model(bytes).ok()) << at;
  }
}

TEST(Model, OfAnotherKindVersionOrWayOfCountingIsRefused) {
  EXPECT_THAT(words_of(read_model("%PDF-1.7")), HasSubstr("This is no model file of huiyin."));
  auto bytes = sample_bytes();
  bytes[8] = 9;
  EXPECT_THAT(words_of(read_model(sealed(bytes))), HasSubstr("The model file has version 9; this program reads version 1."));
  bytes = sample_bytes();
  bytes[12] = 77;
  EXPECT_THAT(words_of(read_model(sealed(bytes))), HasSubstr("counts words in another way (77) than this program"));
}

// Whoever makes the digest fit gets no further: each number is held against its bounds.
TEST(Model, WithAFittingDigestButImpossibleContentIsRefused) {
  const auto original = sample_model();
  const auto refused = [&](auto change) {
    auto model = original;
    change(model);
    return words_of(read_model(write_model(model)));
  };
  const auto damaged = HasSubstr("cut off or damaged");
  EXPECT_THAT(refused([](Model& m) { m.scale = std::numeric_limits<float>::quiet_NaN(); }), damaged);
  EXPECT_THAT(refused([](Model& m) { m.numbers[3] = std::numeric_limits<float>::infinity(); }), damaged);
  EXPECT_THAT(refused([](Model& m) { std::swap(m.features[0], m.features[1]); }), damaged);
  EXPECT_THAT(refused([](Model& m) { m.features[1] = m.features[0]; }), damaged);
  EXPECT_THAT(refused([](Model& m) { std::swap(m.categories[0], m.categories[1]); }), damaged);
  EXPECT_THAT(refused([](Model& m) { m.categories[0].name = ""; }), damaged);
  EXPECT_THAT(refused([](Model& m) { m.categories[0].name = "\xFF"; }), damaged);
  EXPECT_THAT(refused([](Model& m) { m.categories[0].name.assign(category_bytes_max + 1, 'a'); }), damaged);
  EXPECT_THAT(refused([](Model& m) { m.numbers.pop_back(); }), damaged);
  EXPECT_THAT(refused([](Model& m) { m.biases.push_back(0); }), damaged);
  EXPECT_THAT(refused([](Model& m) { m.trained_at = latest_instant; }), damaged);
}

}  // namespace
}  // namespace huiyin::analysis
