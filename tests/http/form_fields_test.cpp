// What a form sends, as the object that a command is read from.
#include <boost/json.hpp>

#include "http/pages/visit.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

struct Row {
  Pairs form;
  std::string json;
};

TEST(FormFields, BecomeTheObjectThatTheApiTakes) {
  const std::vector<Row> rows{
      {{{"csrf", "x"}, {"once", "y"}, {"version", "3"}, {"words", "a b"}}, R"({"version":3,"words":"a b"})"},
      {{{"words", ""}, {"reason", " "}}, "{}"},
      {{{"approved", "true"}, {"taken", "false"}, {"urgent", "true"}, {"solved", "yes"}},
       R"({"approved":true,"taken":false,"urgent":true,"solved":"yes"})"},
      {{{"promise", "2"}, {"people", "12"}, {"amount", "1x"}}, R"({"promise":2,"people":12,"amount":"1x"})"},
      {{{"place.address", "here"}, {"parts.claim", "c"}, {"parts.basis", "b"}},
       R"({"place":{"address":"here"},"parts":{"claim":"c","basis":"b"}})"},
      {{{"parts.0.body", "one"}, {"parts.0.subject", "s"}, {"parts.1.body", "two"}},
       R"({"parts":[{"body":"one","subject":"s"},{"body":"two"}]})"},
      // A block left empty between two others is no part.
      {{{"parts.0.body", "one"}, {"parts.1.body", ""}, {"parts.9.body", "two"}}, R"({"parts":[{"body":"one"},{"body":"two"}]})"},
      {{{"parts.9.body", "two"}, {"parts.4000000000.body", "one"}}, R"({"parts":[{"body":"two"},{"body":"one"}]})"},
      // Whatever a stranger makes of the names is an object of some kind, never a fall.
      {{{"parts", "x"}, {"parts.0.body", "one"}}, R"({"parts":[{"body":"one"}]})"},
      {{{"parts.claim", "x"}, {"parts.0.body", "one"}}, R"({"parts":[{"body":"one"}]})"},
      {{{"a.", "x"}, {"b.1", "y"}, {"c.1.", "z"}}, R"({"a":"x","b":{"1":"y"},"c":"z"})"},
  };
  for (const auto& row : rows) EXPECT_EQ(boost::json::serialize(fields_of(row.form)), row.json);
}

TEST(FormFields, KeepWhatWasTypedUnderTheNamesThatTheFaultsHave) {
  const Pairs form{{"parts.0.body", "one"}, {"parts.1.body", ""}, {"parts.2.subject", "two"}};
  const auto typed = typed_from(form, {Code::invalid, {}, {{"parts[1].body", "", {key::expected_not_empty}}}});
  EXPECT_EQ(typed.value("parts.0.body"), "one");
  EXPECT_EQ(typed.value("parts.1.subject"), "two");
  ASSERT_NE(typed.fault("parts.1.body"), nullptr);
}

}  // namespace
}  // namespace huiyin::http
