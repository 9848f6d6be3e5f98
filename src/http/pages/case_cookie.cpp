#include "http/pages/case_cookie.h"

#include <fmt/format.h>

#include <charconv>

#include "texts/keys.h"

namespace huiyin::http {
namespace {

constexpr std::string_view cookie_name = "huiyin_case";
constexpr std::string_view purpose = "case cookie";

std::pair<std::string, std::string> header(std::string_view value, std::chrono::milliseconds length, bool secure) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length).count();
  return {"Set-Cookie", fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", cookie_name, value, seconds,
                                    secure ? "; Secure" : "")};
}

}  // namespace

std::optional<HeldCase> read_held_case(std::string_view plain) {
  const auto first = plain.find(' ');
  const auto second = first == std::string_view::npos ? first : plain.find(' ', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  HeldCase held;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + first, held.until.ms);
  if (error != std::errc() || end != plain.data() + first) return std::nullopt;
  held.reference = plain.substr(first + 1, second - first - 1);
  held.secret = plain.substr(second + 1);
  return held;
}

std::pair<std::string, std::string> case_cookie_header(Services& services, std::string_view reference, std::string_view secret,
                                                       bool secure) {
  const auto until = services.clock.now() + case_cookie_length;
  const auto plain = fmt::format("{} {} {}", until.ms, reference, secret);
  const auto sealed = crypto::seal(services.keys.for_purpose(purpose), as_bytes(plain), as_bytes(purpose), services.random);
  return header(to_base64url(sealed), case_cookie_length, secure);
}

std::pair<std::string, std::string> forget_case_header(bool secure) { return header("", std::chrono::milliseconds(0), secure); }

Result<Actor> case_holder(const Request& request, Services& services, std::string_view reference) {
  const Error unknown{Code::unauthenticated, {key::may_not_without_secret}};
  const auto value = request.cookie(cookie_name);
  const auto sealed = value ? from_base64url(*value) : std::nullopt;
  const auto plain = sealed ? crypto::open(services.keys.for_purpose(purpose), *sealed, as_bytes(purpose)) : std::nullopt;
  const auto held = plain ? read_held_case(as_text(*plain)) : std::nullopt;
  const auto asked = CaseReference::parse(reference);
  if (!held || !asked || held->until <= services.clock.now() || held->reference != asked->text()) return unknown;
  return services.cases.holder(services.jurisdiction, held->reference, held->secret);
}

}  // namespace huiyin::http
