// The table of rights, printed into the docs: docs/rights.md. HUIYIN_UPDATE=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "domain/absence.h"
#include "domain/case/case.h"

namespace huiyin {
namespace {

constexpr std::string_view words_of(When when) {
  switch (when) {
    case When::always: return "yes";
    case When::holds_secret: return "own case";
    case When::in_unit: return "own unit";
    case When::in_support: return "supporting unit";
    case When::in_review: return "reviewing unit";
    case When::may_know: return "opened identity";
    case When::own: return "own";
  }
  return "";
}

std::string cell(std::span<const Right> table, std::string_view act, Role role) {
  std::string out;
  for (const auto& right : table) {
    if (right.act == act && right.role == role) out += (out.empty() ? "" : ", ") + std::string(words_of(right.when));
  }
  return out.empty() ? "-" : out;
}

std::string section(std::string_view head, std::span<const Right> table) {
  std::vector<std::string_view> acts;
  for (const auto& right : table) {
    if (std::ranges::find(acts, right.act) == acts.end()) acts.push_back(right.act);
  }
  std::string out = "\n## " + std::string(head) + "\n\n| act |";
  for (const auto role : Names<Role>::values) out += " " + std::string(role) + " |";
  out += "\n|---|";
  for (std::size_t i = 0; i < Names<Role>::values.size(); ++i) out += "---|";
  out += '\n';
  for (const auto act : acts) {
    out += "| " + std::string(act) + " |";
    for (std::size_t i = 0; i < Names<Role>::values.size(); ++i) out += " " + cell(table, act, static_cast<Role>(i)) + " |";
    out += '\n';
  }
  return out;
}

std::string document() {
  return "# Who may do what\n\n"
         "Made from the tables in `src/domain/case/rights.cpp` and `src/domain/absence.cpp` by a test; nothing outside them is "
         "allowed.\n\n"
         "- \"own case\": whoever shows the case's secret.\n"
         "- \"own unit\": those who work in the unit in charge; of an absence, in the unit of who is away.\n"
         "- \"supporting unit\": those who work in a unit that helps, until it is released.\n"
         "- \"reviewing unit\": those who work in the unit that decides the review, while it is under way.\n"
         "- \"opened identity\": those to whom it was opened for a reason, while they may read the case.\n"
         "- \"own\": their own.\n\n"
         "A case that complains of a unit or of somebody, or in which somebody has an interest, is closed to them: no row fits.\n"
         "What is proposed by one (`not_accept`, `merge`, ...) is approved (`approve_...`) by another person, never by the same.\n"
         "Who is away lends a deputy these roles for the time, but never that of a steward.\n" +
         section("Cases", cases::Case::rights()) + section("Absences", absence_rights());
}

TEST(Rights, AreWhatTheDocumentSays) {
  const std::string path = HUIYIN_SOURCE_DIR "/docs/rights.md";
  if (std::getenv("HUIYIN_UPDATE") != nullptr) std::ofstream(path) << document();
  std::ifstream in(path);
  std::ostringstream written;
  written << in.rdbuf();
  EXPECT_EQ(written.str(), document()) << "run this test with HUIYIN_UPDATE=1 to write docs/rights.md anew";
}

}  // namespace
}  // namespace huiyin
