// docs/openapi.yaml and the routes of the program say the same.
#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include <set>

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

}  // namespace
}  // namespace huiyin::http
