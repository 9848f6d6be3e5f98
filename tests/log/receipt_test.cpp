// Receipt files: what is written is read back, the documented example stands, and each wrong field is named.
#include "log/receipt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "sample_receipt.h"

namespace huiyin::log {
namespace {

std::string wrong_fields(const Result<Receipt>& read) {
  if (read.ok()) return "none";
  std::string names;
  for (const auto& field : read.error().fields) names += (names.empty() ? "" : " ") + field.field;
  return names;
}

Receipt sample() {
  SampleLog log;
  auto receipt = log.receipt_under(log.witnessed_head());
  receipt.witnessed = true;
  return receipt;
}

TEST(Receipt, IsReadAsItWasWritten) {
  auto receipt = sample();
  auto read = parse_receipt(to_text(receipt));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, receipt);
  receipt.witnessed = false;
  receipt.disclosures.clear();
  read = parse_receipt(to_text(receipt));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, receipt);
}

TEST(Receipt, TheDocumentedExampleIsTheSample) {
  std::ifstream file(HUIYIN_SOURCE_DIR "/docs/formats/example.huiyin-receipt");
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), to_text(sample()) + "\n");
  EXPECT_TRUE(parse_receipt(text.str()).ok());
}

TEST(Receipt, OtherSpacingAndOrderMeanTheSame) {
  const auto value = boost::json::parse(to_text(sample())).as_object();
  std::string text = " {\n";
  for (auto field = value.end(); field != value.begin();) {
    --field;
    text += boost::json::serialize(field->key()) + " :\t" + boost::json::serialize(field->value());
    text += field == value.begin() ? "\r\n" : ",\n";
  }
  const auto read = parse_receipt(text + "}\n");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, sample());
}

TEST(Receipt, NamesEachFieldThatIsWrong) {
  const auto whole = boost::json::parse(to_text(sample())).as_object();
  const struct {
    std::string_view field;
    boost::json::value value;
    std::string_view wrong;
  } cases[] = {
      {"format", "huiyin-receipt/v2", "format"},
      {"format", nullptr, "format"},
      {"state", "sealed", "state"},
      {"state", true, "state"},
      {"verifier_key", "log.example/town/log1", "verifier_key"},
      {"verifier_key", boost::json::string(SampleLog().witness.vkey()), "verifier_key"},
      {"entry", "", "entry"},
      {"entry", "AA=", "entry"},
      {"entry", boost::json::string(5464, 'A'), "entry"},
      {"entry", boost::json::object(), "entry"},
      {"disclosures", "none", "disclosures"},
      {"disclosures", boost::json::array{"AA=="}, "disclosures[0]"},
      {"disclosures", boost::json::array{"AAAA", 1}, "disclosures[1]"},
      {"disclosures", boost::json::array(receipt_disclosures_max + 1, "AAAA"), "disclosures"},
      {"proof", "c2sp.org/tlog-proof@v1\n", "proof"},
      {"proof", 7, "proof"},
      {"extra", 1, "extra"},
  };
  for (const auto& one : cases) {
    auto changed = whole;
    changed[one.field] = one.value;
    EXPECT_EQ(wrong_fields(parse_receipt(boost::json::serialize(changed))), one.wrong) << boost::json::serialize(one.value);
  }
  EXPECT_EQ(wrong_fields(parse_receipt("{}")), "format state verifier_key entry proof");
  for (const auto* text : {"", "[]", "{", "c2sp.org/tlog-proof@v1\n"}) EXPECT_FALSE(parse_receipt(text).ok()) << text;
  EXPECT_EQ(parse_receipt(std::string(receipt_bytes_max + 1, ' ')).error().code, Code::too_large);
}

}  // namespace
}  // namespace huiyin::log
