// Model files: whatever comes is refused or read, and what is read is written back byte for byte. Inputs are tried as they come
// and, so that the digest at the end does not shut the reader's inside off, once more with a digest that fits.
#include <cstdint>
#include <string>

#include "analysis/classifier.h"
#include "analysis/model.h"
#include "base/assert.h"

namespace {

using namespace huiyin;

void read_and_use(std::string_view bytes) {
  static const auto letters = *analysis::Letters::make();
  auto model = analysis::read_model(bytes);
  if (!model.ok()) return;
  HUIYIN_ASSERT(analysis::write_model(*model) == bytes);
  const analysis::Classifier classifier(letters, *std::move(model));
  analysis::Classifier::Desk desk(classifier);
  const auto guesses = desk.classify({"路灯坏了", "请修 the street lamp 5"});
  HUIYIN_ASSERT(guesses.size() >= 2 && guesses.size() <= analysis::guesses_max);
  for (const auto& guess : guesses) HUIYIN_ASSERT(guess.category < classifier.model().categories.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  read_and_use(bytes);
  const auto digest = crypto::sha256(std::string_view(bytes));
  bytes.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  read_and_use(bytes);
  return 0;
}
