// docs/openapi.yaml and the routes of the program say the same.
#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <set>

#include "http/api/case_commands.h"
#include "http/health.h"
#include "http/metrics.h"
#include "site.h"

namespace huiyin::http {
namespace {

// "GET /api/v1/cases file_case": method, path and the name of each.
using Described = std::set<std::string>;

Described described() {
  Described out;
  const auto paths = YAML::LoadFile(HUIYIN_SOURCE_DIR "/docs/openapi.yaml")["paths"];
  for (const auto& path : paths) {
    for (const auto& method : path.second) {
      auto name = method.first.as<std::string>();
      std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
      out.insert(name + " " + path.first.as<std::string>() + " " + method.second["operationId"].as<std::string>());
    }
  }
  return out;
}

Described served() {
  test::Site site;
  Metrics metrics;
  Router router;
  router.add(api_routes(site.services));
  add_health_routes(router, [] { return Result<void>(); }, metrics);
  Described out;
  for (const auto& route : router.routes()) out.insert(route.method + " " + route.pattern + " " + route.name);
  return out;
}

TEST(OpenApi, DescribesEveryRouteAndNoOther) { EXPECT_THAT(described(), testing::ContainerEq(served())); }

// Every $ref leads somewhere.
void check_references(const YAML::Node& node, const YAML::Node& root) {
  if (node.IsMap()) {
    for (const auto& member : node) {
      if (member.first.as<std::string>() == "$ref") {
        const auto reference = member.second.as<std::string>();
        ASSERT_TRUE(reference.starts_with("#/")) << reference;
        YAML::Node at = YAML::Clone(root);
        std::istringstream steps(reference.substr(2));
        for (std::string step; std::getline(steps, step, '/');) {
          ASSERT_TRUE(at[step]) << reference;
          const YAML::Node next = at[step];
          at.reset(next);
        }
      }
      check_references(member.second, root);
    }
  } else if (node.IsSequence()) {
    for (const auto& one : node) check_references(one, root);
  }
}

TEST(OpenApi, EveryReferenceLeadsSomewhere) {
  const auto root = YAML::LoadFile(HUIYIN_SOURCE_DIR "/docs/openapi.yaml");
  check_references(root, root);
}

// ---- Words out of a list
// ---------------------------------------------------------------------------------------------------------

std::vector<std::string> words_at(const std::vector<std::string>& path) {
  YAML::Node at = YAML::LoadFile(HUIYIN_SOURCE_DIR "/docs/openapi.yaml");
  for (const auto& step : path) {
    if (!at[step]) return {"nothing at " + step};
    const YAML::Node next = at[step];
    at.reset(next);
  }
  return at.as<std::vector<std::string>>();
}
std::vector<std::string> words_of(const std::string& schema) { return words_at({"components", "schemas", schema, "enum"}); }
std::vector<std::string> words_of(const std::string& schema, const std::string& property) {
  return words_at({"components", "schemas", schema, "properties", property, "enum"});
}

template <class Enum>
std::vector<std::string> names_of(std::size_t from = 0) {
  return {Names<Enum>::values.begin() + static_cast<std::ptrdiff_t>(from), Names<Enum>::values.end()};
}

template <class... Each>
std::vector<std::string> names_of(std::type_identity<std::variant<Each...>>) {
  return {std::string(Each::name)...};
}

TEST(OpenApi, KnowsTheWordsThatTheProgramKnows) {
  using testing::UnorderedElementsAreArray;
  EXPECT_EQ(words_of("Status"), names_of<cases::Phase>(1));  // none is no status
  EXPECT_EQ(words_of("Deed"), names_of<cases::Deed>());
  EXPECT_EQ(words_of("Outcome"), names_of<cases::Outcome>());
  EXPECT_EQ(words_of("ReviewLevel"), names_of<cases::ReviewLevel>());
  EXPECT_EQ(words_of("ReviewOutcome"), names_of<cases::ReviewOutcome>());
  EXPECT_EQ(words_of("Role"), names_of<Role>());
  EXPECT_EQ(words_of("Clock", "standing"), names_of<rules::Standing>());
  EXPECT_EQ(words_of("Case", "channel"), names_of<cases::Channel>());
  EXPECT_EQ(words_of("Rate", "satisfaction"), names_of<cases::Satisfaction>());
  EXPECT_THAT(words_of("StoryEvent", "event"), UnorderedElementsAreArray(names_of(std::type_identity<cases::Event>{})));
}

TEST(OpenApi, KnowsTheActsThatTheProgramKnows) {
  std::vector<std::string> described;
  const auto parameters =
      YAML::LoadFile(HUIYIN_SOURCE_DIR "/docs/openapi.yaml")["paths"]["/api/v1/cases/{reference}/{act}"]["post"]["parameters"];
  for (const auto& parameter : parameters) {
    if (parameter["name"] && parameter["name"].as<std::string>() == "act")
      described = parameter["schema"]["enum"].as<std::vector<std::string>>();
  }
  const auto known = acts_known();
  EXPECT_THAT(described, testing::UnorderedElementsAreArray(known));
  // Every command that people give; the program's own are no act of anybody's.
  auto commands = names_of(std::type_identity<cases::Command>{});
  for (const auto* own : {"submit", "watch", "recount", "take_answer"}) std::erase(commands, own);
  EXPECT_THAT(known, testing::UnorderedElementsAreArray(commands));
}

}  // namespace
}  // namespace huiyin::http
