// The table of rights, printed into the docs: docs/rights.md. HUIYIN_UPDATE=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "domain/absence.h"
#include "domain/case/case.h"

namespace huiyin {
namespace {

constexpr std::array staff_and_requesters{Role::requester, Role::dispatcher, Role::officer,
                                          Role::leader,    Role::steward,    Role::system};

std::string words_of(When when) {
  switch (when) {
    case When::always: return "yes";
    case When::holds_secret: return "own case";
    case When::in_unit: return "own unit";
    case When::own: return "own";
  }
  return "";
}

std::string cell(std::span<const Right> table, std::string_view act, Role role) {
  std::string out;
  for (const auto& right : table) {
    if (right.act == act && right.role == role) out += (out.empty() ? "" : ", ") + words_of(right.when);
  }
  return out.empty() ? "-" : out;
}

std::string section(std::string_view head, std::span<const Right> table) {
  std::vector<std::string_view> acts;
  for (const auto& right : table) {
    if (std::ranges::find(acts, right.act) == acts.end()) acts.push_back(right.act);
  }
  std::string out = "\n## " + std::string(head) + "\n\n| act |";
  for (const auto role : staff_and_requesters) out += " " + std::string(name_of(role)) + " |";
  out += "\n|---|---|---|---|---|---|---|\n";
  for (const auto act : acts) {
    out += "| " + std::string(act) + " |";
    for (const auto role : staff_and_requesters) out += " " + cell(table, act, role) + " |";
    out += '\n';
  }
  return out;
}

std::string document() {
  return "# Who may do what\n\nMade from the tables in `src/domain/case/rights.cpp` and `src/domain/absence.cpp` by a test; nothing outside "
         "them is allowed.\n\"own case\": whoever shows the case's secret. \"own unit\": an officer or a leader of the unit in charge; of "
         "an absence, the leader of the unit of who is away.\n\"own\": their own.\n\n"
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
