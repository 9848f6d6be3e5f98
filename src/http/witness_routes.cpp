#include "http/witness_routes.h"

#include "app/store_error.h"
#include "http/problem.h"
#include "http/worker_pool.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

constexpr std::string_view plain_note = "text/plain; charset=utf-8";

Response text_response(unsigned status, std::string_view type, std::string body) {
  return {status, {{"Content-Type", std::string(type)}}, std::move(body)};
}

void add_checkpoint(app::Witness& witness, WorkerPool& workers, Request request, const Reply& reply) {
  const auto language = language_of(request);
  const auto id = request.id;
  auto work = [&witness, language, request = std::move(request), reply] {
    try {
      auto answer = witness.add_checkpoint(request.body);
      reply(text_response(answer.status, answer.type, std::move(answer.body)));
    } catch (const app::StoreFailure& fault) {
      reply(problem(app::error_of(fault), language, request.id));
    }
  };
  if (!workers.post(std::move(work))) reply(problem({Code::overloaded, {key::committer_overloaded}}, language, id));
}

}  // namespace

std::vector<Route> witness_routes(app::Witness& witness, WorkerPool& workers) {
  return {{"POST", "/add-checkpoint", "add_checkpoint",
           [&](Request request, const Reply& reply) { add_checkpoint(witness, workers, std::move(request), reply); },
           log::add_checkpoint_bytes_max},
          {"GET", "/{log}/checkpoint", "witness_checkpoint", [&](const Request& request, const Reply& reply) {
             auto note = witness.checkpoint(request.param("log"));
             reply(note ? text_response(200, plain_note, *std::move(note))
                        : text_response(404, plain_note, "no head of this log yet\n"));
           }}};
}

}  // namespace huiyin::http
