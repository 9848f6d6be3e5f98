// /api/v1/cases: file, read, list, act.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>

#include "base/json.h"
#include "base/text.h"
#include "http/api.h"
#include "http/api/answers.h"
#include "http/api/case_commands.h"
#include "http/api/case_json.h"
#include "http/api/idempotency.h"
#include "http/api/submit_reader.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

constexpr std::size_t case_body_bytes_max = 128UL * 1024;  // 20,000 characters and their JSON

void file(Services& services, Request request, Reply reply) {
  auto fields = json_body(request);
  if (!fields.ok()) return reply(refused(fields.error(), request));
  const auto language = language_of(request);
  auto submit = read_submit(*fields, cases::Channel::api, language);
  if (!submit.ok()) return reply(refused(submit.error(), request));
  auto once = read_once(request, services);
  if (!once.ok()) return reply(refused(once.error(), request));
  services.cases.file(services.jurisdiction, {*std::move(submit), *std::move(once)},
                      [&services, language, request = std::move(request), reply = std::move(reply)](Result<app::Filed> filed) {
                        if (!filed.ok()) return reply(refused(filed.error(), request));
                        auto response =
                            json_response(201, filed_json(*filed, services.jurisdiction, language, services.clock.now()));
                        response.headers.emplace_back("Location", "/api/v1/cases/" + filed->reference);
                        reply(std::move(response));
                      });
}

void read(Services& services, const Request& request, const Reply& reply) {
  const auto sender = case_sender(request, services, false);
  if (!sender.ok()) return reply(refused(sender.error(), request));
  const auto view = services.cases.read(services.jurisdiction, sender->actor, sender->id);
  if (!view.ok()) return reply(refused(view.error(), request));
  auto response = json_response(200, case_json(*view, services.jurisdiction, language_of(request), services.clock.now()));
  response.headers.emplace_back("ETag", fmt::format("\"{}\"", view->version));
  reply(std::move(response));
}

std::string acted_json(std::uint64_t version, json::array numbers) {
  return json_text(json::object{{"version", version}, {"emergency_numbers", std::move(numbers)}});
}

// What requesters wrote may tell of danger: whom to call is told at once. It is done in any case.
std::string acted_by_requester(Services& services, const Actor& actor, RecordId id, std::uint64_t version, Language language) {
  json::array numbers;
  try {
    const auto view = services.cases.read(services.jurisdiction, actor, id);
    if (view.ok()) numbers = numbers_json(view->state, services.jurisdiction.pack, language);
  } catch (const app::StoreFailure&) {}
  return acted_json(version, std::move(numbers));
}

void act(Services& services, Request request, Reply reply) {
  auto sender = case_sender(request, services, true);
  if (!sender.ok()) return reply(refused(sender.error(), request));
  const auto fields = json_body(request);
  if (!fields.ok()) return reply(refused(fields.error(), request));
  auto command = read_command(request.param("act"), *fields);
  if (!command.ok()) return reply(refused(command.error(), request));
  const auto actor = sender->actor;
  services.cases.act(
      services.jurisdiction, actor, sender->id, command->version, std::move(command->command),
      [&services, actor, id = sender->id, request = std::move(request), reply = std::move(reply)](Result<std::uint64_t> version) {
        if (!version.ok()) return reply(refused(version.error(), request));
        const auto done = acted_json(*version, json::array());
        if (!actor.is(Role::requester)) return reply(json_response(200, done));
        if (!services.page_workers.post([&services, actor, id, version = *version, request, reply] {
              reply(json_response(200, acted_by_requester(services, actor, id, version, language_of(request))));
            }))
          reply(json_response(200, done));
      });
}

// The filters of a list as they stand in its address; each that is wrong is named.
Result<app::CaseFilter> read_filter(const Request& request, const Actor& staff) {
  static constexpr std::array<std::string_view, 10> known{"status", "unit",     "category", "due_before", "returned",
                                                          "urgent", "proposed", "mine",     "cursor",     "limit"};
  app::CaseFilter filter;
  std::vector<FieldError> wrong;
  const auto refuse = [&](std::string_view name, std::string_view got, Message expected) {
    wrong.push_back({std::string(name), shortened(got), std::move(expected)});
  };
  for (const auto& [name, value] : request.query) {
    if (std::ranges::find(known, name) == known.end()) refuse(shortened(name), value, {key::expected_no_such_field});
  }
  if (const auto status = request.parameter("status")) {
    filter.phase = from_name<cases::Phase>(*status);
    if (filter.phase == cases::Phase::none) filter.phase.reset();
    if (!filter.phase)
      refuse("status", *status,
             {key::expected_one_of,
              {{"choices", fmt::format("{}", fmt::join(std::span(Names<cases::Phase>::values).subspan(1), ", "))}}});
  }
  if (const auto unit = request.parameter("unit")) {
    if (is_code(*unit)) filter.unit = UnitCode{*unit};
    else refuse("unit", *unit, {key::expected_unit});
  }
  if (const auto category = request.parameter("category")) {
    if (is_code(*category)) filter.category = CategoryCode{*category};
    else refuse("category", *category, {key::expected_category});
  }
  if (const auto due = request.parameter("due_before")) {
    filter.due_before = instant_from_rfc3339(*due);
    if (!filter.due_before) refuse("due_before", *due, {key::expected_instant});
  }
  const auto flag = [&](std::string_view name) {
    const auto text = request.parameter(name);
    if (text && *text != "true" && *text != "false") refuse(name, *text, {key::expected_boolean});
    return text == "true";
  };
  filter.returned = flag("returned");
  filter.urgent = flag("urgent");
  filter.proposed = flag("proposed");
  if (flag("mine")) filter.handler = staff.user;
  if (const auto limit = request.parameter("limit")) {
    const auto [end, error] = std::from_chars(limit->data(), limit->data() + limit->size(), filter.count);
    if (error != std::errc() || end != limit->data() + limit->size() || filter.count < 1 || filter.count > app::list_rows_max) {
      refuse("limit", *limit, {key::expected_integer, {{"low", "1"}, {"high", std::to_string(app::list_rows_max)}}});
    }
  }
  if (const auto cursor = request.parameter("cursor"); cursor && !read_cursor(*cursor, filter))
    refuse("cursor", *cursor, {key::expected_cursor});
  if (!wrong.empty()) return invalid_fields(std::move(wrong));
  return filter;
}

void list(Services& services, const Request& request, const Reply& reply) {
  const auto staff = staff_of(request, services, false);
  if (!staff.ok()) return reply(refused(staff.error(), request));
  const auto filter = read_filter(request, staff->actor);
  if (!filter.ok()) return reply(refused(filter.error(), request));
  const auto items = services.cases.list(services.jurisdiction, staff->actor, *filter);
  if (!items.ok()) return reply(refused(items.error(), request));
  reply(json_response(200, list_json(*items, *filter, services.clock.now())));
}

void receipt(Services& services, const Request& request, const Reply& reply) {
  const auto sender = case_sender(request, services, false);
  if (!sender.ok()) return reply(refused(sender.error(), request));
  const auto fresh = services.cases.receipt(services.jurisdiction, sender->actor, sender->id);
  if (!fresh.ok()) return reply(refused(fresh.error(), request));
  reply(json_response(200, to_text(*fresh)));
}

}  // namespace

std::vector<Route> case_routes(Services& services) {
  return {
      {"POST", "/api/v1/cases", "file_case",
       [&](Request request, Reply reply) { file(services, std::move(request), std::move(reply)); }, case_body_bytes_max},
      {"GET", "/api/v1/cases", "list_cases", [&](const Request& request, const Reply& reply) { list(services, request, reply); }},
      {"GET", "/api/v1/cases/{reference}", "read_case",
       [&](const Request& request, const Reply& reply) { read(services, request, reply); }},
      {"GET", "/api/v1/cases/{reference}/receipt", "read_receipt",
       [&](Request request, Reply reply) {
         on_worker(services.page_workers, std::move(request), std::move(reply),
                   [&](const Request& sent, const Reply& answer) { receipt(services, sent, answer); });
       }},
      {"POST", "/api/v1/cases/{reference}/{act}", "act_on_case",
       [&](Request request, Reply reply) { act(services, std::move(request), std::move(reply)); }, case_body_bytes_max},
  };
}

}  // namespace huiyin::http
