#include "http/log/log_routes.h"

#include <charconv>

#include "app/published_log.h"
#include "base/crypto.h"
#include "base/text.h"
#include "http/api/answers.h"
#include "http/log/gzip.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

constexpr std::string_view for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view for_seconds = "public, max-age=5";
constexpr std::string_view plain_text = "text/plain; charset=utf-8";
constexpr std::string_view octets = "application/octet-stream";
constexpr std::string_view json_type = "application/json";
constexpr std::string_view json_lines = "application/jsonl";
constexpr std::size_t tag_bytes = 12;         // of the body's SHA-256 in an ETag
constexpr std::size_t gzip_bytes_min = 1024;  // a shorter body fits one packet as it is

struct File {
  std::string body;
  std::string_view type;
  std::string_view kept;
  bool shortens = false;  // by gzip
  std::string link{};     // to where it goes on
};

// Weak, because the tag is the same with and without gzip.
std::string tag_of(std::string_view body) { return "W/\"" + to_base64url(ByteView(crypto::sha256(body)).first(tag_bytes)) + '"'; }

// RFC 9110 section 13.1.2: one of the tags, or "*" for any.
bool has_tag(std::string_view if_none_match, std::string_view tag) {
  return trimmed(if_none_match) == "*" || if_none_match.find(tag.substr(2)) != std::string_view::npos;
}

Response response_of(const Request& request, File file) {
  const auto tag = tag_of(file.body);
  Response response{
      200, {{"Content-Type", std::string(file.type)}, {"Cache-Control", std::string(file.kept)}, {"ETag", tag}}, {}};
  if (file.shortens) response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!file.link.empty()) response.headers.emplace_back("Link", file.link);
  if (has_tag(request.header("If-None-Match"), tag)) {
    response.status = 304;
    return response;
  }
  if (file.shortens && file.body.size() >= gzip_bytes_min && accepts_gzip(request.header("Accept-Encoding"))) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    file.body = gzipped(file.body);
  }
  response.body = std::move(file.body);
  return response;
}

// ASCII decimal, what 63 bits hold.
std::optional<std::uint64_t> count_from(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

Result<File> tile(const app::PublishedLog& log, const Request& request) {
  auto found = log.tile("tile/" + std::string(request.param("rest")));
  if (!found.ok()) return found.error();
  return File{std::move(found->bytes), octets, found->full ? for_ever : for_seconds, found->entries};
}

Result<File> checkpoint(const app::PublishedLog& log) {
  auto note = log.checkpoint();
  if (!note.ok()) return note.error();
  return File{*std::move(note), plain_text, for_seconds};
}

Result<File> pack(const app::PublishedLog& log, const Request& request) {
  auto text = log.pack(request.param("hash"));
  if (!text.ok()) return text.error();
  return File{*std::move(text), json_type, for_ever, true};
}

Result<File> figures(app::PublishedFigures& published) {
  auto text = published.figures();
  if (!text.ok()) return text.error();
  return File{*std::move(text), json_type, for_seconds, true};
}

// "2026-03.jsonl"; `from` is the entry to go on from, as the Link of the answer before said.
Result<File> disclosures(app::PublishedFigures& published, const Request& request) {
  constexpr std::string_view ending = ".jsonl";
  const auto name = request.param("file");
  if (!name.ends_with(ending)) return Error{Code::not_found, {key::published_no_such_month}};
  const auto text = request.parameter("from").value_or("0");
  const auto from = count_from(text);
  if (!from)
    return invalid_field("from", shortened(text), {key::expected_integer, {{"low", "0"}, {"high", std::to_string(INT64_MAX)}}});
  auto lines = published.disclosures(name.substr(0, name.size() - ending.size()), *from);
  if (!lines.ok()) return lines.error();
  File file{std::move(lines->text), json_lines, for_seconds, true};
  if (lines->next) file.link = "<" + request.path + "?from=" + std::to_string(*lines->next) + R"(>; rel="next")";
  return file;
}

using Find = std::function<Result<File>(const Request&)>;

// Each log of a body has an address of its own, so that what may be kept for ever is never other bytes under one address: the
// first stands at /log/<jurisdiction>, its successors at /log/<jurisdiction>/2 and so on.
std::string address_of(const app::Jurisdiction& jurisdiction) {
  const auto number = jurisdiction.log().number;
  return "/log/" + jurisdiction.slug + (number == 1 ? "" : "/" + std::to_string(number));
}

// A log that ended is not served any more; who asks is told where it goes on (RFC 5829: rel="successor-version").
Response gone(const app::Jurisdiction& jurisdiction, const Request& asked) {
  const auto address = address_of(jurisdiction);
  const Error why{Code::not_found, {key::log_gone, {{"origin", jurisdiction.origin}, {"address", address}}}};
  auto response = problem(why, 410, language_of(asked), asked.id);
  response.headers.emplace_back("Link", "<" + address + R"(/>; rel="successor-version")");
  response.headers.emplace_back("Cache-Control", std::string(for_seconds));
  return response;
}

// The number of the log that is asked for; nothing for one that no log can have, or that is written otherwise.
std::optional<std::uint32_t> asked_number(const Request& asked) {
  const auto text = asked.param("number");
  if (text.empty()) return 1;
  const auto number = count_from(text);
  if (!number || *number < 2 || *number > log::log_number_max || std::to_string(*number) != text) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

// On a worker: what is read may be hundreds of kilobytes, and is compressed.
Handler served(Services& services, Find find) {
  return [&services, find = std::move(find)](Request request, Reply reply) {
    on_worker(services.log_workers, std::move(request), std::move(reply),
              [&services, find](const Request& asked, const Reply& answer) {
                if (asked.param("jurisdiction") != services.jurisdiction.slug)
                  return answer(refused({Code::not_found, {key::log_unknown_jurisdiction}}, asked));
                const auto newest = services.jurisdiction.log().number;
                const auto number = asked_number(asked);
                if (!number || *number > newest) return answer(refused({Code::not_found, {key::log_no_such_log}}, asked));
                if (*number < newest) return answer(gone(services.jurisdiction, asked));
                auto file = find(asked);
                answer(file.ok() ? response_of(asked, *std::move(file)) : refused(file.error(), asked));
              });
  };
}

}  // namespace

std::vector<Route> log_routes(Services& services) {
  auto& log = services.log;
  auto& published = services.figures;
  struct Row {
    std::string_view first, first_name;  // of the first log of a body
    std::string_view later, later_name;  // of one that goes on from it
    Find find;
  };
  const std::vector<Row> rows{
      {"/log/{jurisdiction}/figures.json", "log_figures", "/log/{jurisdiction}/{number}/figures.json", "later_log_figures",
       [&published](const Request&) { return figures(published); }},
      {"/log/{jurisdiction}/disclosures/{file}", "log_disclosures", "/log/{jurisdiction}/{number}/disclosures/{file}",
       "later_log_disclosures", [&published](const Request& request) { return disclosures(published, request); }},
      {"/log/{jurisdiction}/checkpoint", "log_checkpoint", "/log/{jurisdiction}/{number}/checkpoint", "later_log_checkpoint",
       [&log](const Request&) { return checkpoint(log); }},
      {"/log/{jurisdiction}/vkey", "log_vkey", "/log/{jurisdiction}/{number}/vkey", "later_log_vkey",
       [&log](const Request&) { return Result(File{log.verifier_key(), plain_text, for_seconds}); }},
      {"/log/{jurisdiction}/tile/{rest*}", "log_tile", "/log/{jurisdiction}/{number}/tile/{rest*}", "later_log_tile",
       [&log](const Request& request) { return tile(log, request); }},
      {"/log/{jurisdiction}/packs/{hash}", "log_pack", "/log/{jurisdiction}/{number}/packs/{hash}", "later_log_pack",
       [&log](const Request& request) { return pack(log, request); }},
  };
  std::vector<Route> routes;
  for (const auto& row : rows) {
    routes.push_back({"GET", row.first, row.first_name, served(services, row.find)});
    routes.push_back({"GET", row.later, row.later_name, served(services, row.find)});
  }
  return routes;
}

}  // namespace huiyin::http
