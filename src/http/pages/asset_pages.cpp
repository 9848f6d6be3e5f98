// The files beside the pages. Their addresses carry a hash of the content: what is asked for by it may be kept for good.
#include "http/pages/visit.h"
#include "http/problem.h"
#include "pages/asset.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

Response asset_response(const Request& request, std::string_view name) {
  const auto* asset = pages::find_asset(name);
  if (asset == nullptr) return problem({Code::not_found, {key::http_no_such_address}}, language_of(request), request.id);
  const auto tag = "\"" + asset->version + "\"";
  const bool by_hash = request.parameter("v") == asset->version;
  Response response{
      200, {{"ETag", tag}, {"Cache-Control", by_hash ? "public, max-age=31536000, immutable" : "public, no-cache"}}, {}};
  if (request.header("If-None-Match") == tag) {
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("Content-Type", asset->type);
  response.body = asset->content;
  return response;
}

}  // namespace

void add_asset_pages(Router& router) {
  router.add({"GET", "/assets/{name}", "asset",
              [](const Request& request, const Reply& reply) { reply(asset_response(request, request.param("name"))); }});
  router.add({"GET", "/favicon.ico", "favicon",
              [](const Request& request, const Reply& reply) { reply(asset_response(request, "mark.svg")); }});
}

}  // namespace huiyin::http
