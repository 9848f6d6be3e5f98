#include "pages/receipt_page.h"

#include "pages/case_parts.h"
#include "pages/layout.h"
#include "pages/qr_code.h"
#include "pages/time_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

Html ticket(const Setting& here, const app::Filed& filed) {
  const auto line = [&](Key name, std::string_view value, std::string_view id) {
    return tag("div", {}, {tag("dt", {}, {here.say(name)}), tag("dd", {{"id", id}, {"class", "code-shown"}}, {value})});
  };
  return tag(
      "section", {{"class", "ticket"}, {"aria-label", here.say(key::receipt_ticket)}},
      {tag("dl", {}, {line(key::track_reference, filed.reference, "reference"), line(key::track_secret, filed.secret, "secret")}),
       tag("p", {{"class", "once"}},
           {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"◆"}), here.say(key::receipt_once)})});
}

Html what_happens(const Setting& here, const app::Filed& filed) {
  const auto* clock = cases::find_clock(filed.state, rules::accept_limit);
  if (clock == nullptr) return {};
  return tag("section", {{"class", "next"}},
             {tag("h2", {}, {here.say(key::receipt_next)}),
              tag("p", {}, {here.say(key::receipt_next_accept, {{"day", due_words(here, clock->due)}})}),
              why_this_day(here, *clock), tag("p", {}, {here.say(key::receipt_next_answer)})});
}

// The address of the case with place and fingerprint behind it, which browsers keep to themselves (RFC 3986 section 3.5).
Html on_paper(const Setting& here, const app::Filed& filed, std::string_view site) {
  if (!filed.receipt || site.empty()) return {};
  const auto index = std::to_string(filed.receipt->proof.index);
  const auto address =
      std::string(site) + here.path("/case/" + filed.reference) + "#log=" + index + "," + app::leaf_text(*filed.receipt);
  auto code = qr_code(address, here.say(key::receipt_code_alt));
  if (code.empty()) return {};
  return tag("section", {{"class", "on-paper"}},
             {std::move(code), tag("div", {},
                                   {tag("h2", {}, {here.say(key::receipt_code)}),
                                    paragraph(here.say(key::receipt_code_words, {{"index", index}}))})});
}

}  // namespace

std::string receipt_page(const Setting& here, const app::Filed& filed, std::string_view site) {
  const auto at = "/case/" + filed.reference;
  auto main = tag("h1", {}, {here.say(key::receipt_head)}) +
              (filed.state.urgent ? danger_html(here, key::urgent_own, key::danger_call) : Html()) +
              paragraph("lead", here.say(key::receipt_lead)) + ticket(here, filed) +
              tag("p", {{"class", "act screen"}}, {primary_link(here.path(at), here.say(key::receipt_act))}) +
              what_happens(here, filed) +
              tag("section", {},
                  {tag("h2", {}, {here.say(key::receipt_keep)}), paragraph(here.say(key::receipt_back)),
                   paragraph(here.say(key::receipt_print)),
                   tag("p", {{"class", "screen"}},
                       {tag("a", {{"href", here.path(at + "/receipt")}, {"download", filed.reference + ".huiyin-receipt"}},
                            {here.say(key::receipt_file)})}),
                   paragraph("hint", here.say(key::receipt_file_words)),
                   tag("p", {{"class", "screen"}}, {link(here.path("/verify"), here.say(key::verify_link))})}) +
              on_paper(here, filed, site);
  return document(here, {here.say(key::receipt_title, {{"reference", filed.reference}})}, main);
}

}  // namespace huiyin::pages
