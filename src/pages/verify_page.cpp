#include "pages/verify_page.h"

#include "app/finding_words.h"
#include "pages/layout.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

// What stays for the script to fill in.
std::string blank(std::string_view name) { return "{" + std::string(name) + "}"; }

std::string_view name_of_weight(log::Weight weight) {
  switch (weight) {
    case log::Weight::proves: return "proves";
    case log::Weight::leaves_open: return "leaves_open";
    case log::Weight::refutes: return "refutes";
  }
  return "refutes";
}

// Every sentence that the script may need, by what it says.
Html script_words(const Setting& here) {
  Html all;
  const auto add = [&](std::string_view id, const Message& message) {
    all += tag("p", {{"data-says", id}}, {here.say(message)});
  };
  const app::FindingWords blanks{blank("index"), blank("size"), blank("origin"), blank("witnesses")};
  for (const auto finding : log::all_findings()) {
    all += tag("p", {{"data-says", name_of(finding)}, {"data-weight", name_of_weight(weight_of(finding))}},
               {here.say(app::words_of(finding, blanks))});
  }
  for (const auto verdict : {log::Verdict::proved, log::Verdict::unproved, log::Verdict::refuted})
    add(name_of(verdict), {app::words_of(verdict)});
  for (const auto weight : {log::Weight::proves, log::Weight::leaves_open, log::Weight::refutes})
    add(name_of_weight(weight), {app::words_of(weight)});
  add("vouched", {key::verify_vouched, {{"witness", blank("witness")}, {"time", blank("time")}}});
  add("list", {key::verify_list, {{"before", blank("before")}, {"next", blank("next")}}});
  add("not_when", {key::verify_not_when});
  add("not_true", {key::verify_not_true});
  add("says", {key::verify_says});
  add("unreadable_key", {key::verify_unreadable_key, {{"key", blank("key")}}});
  add("unreadable_file", {key::verify_unreadable_file, {{"field", blank("field")}}});
  return tag("template", {{"id", "verify-words"}}, {std::move(all)});
}

Html keys_field(std::string_view id, std::string_view name, std::string_view hint, std::string_view value) {
  const auto hint_id = std::string(id) + "-hint";
  return tag("div", {{"class", "field"}},
             {tag("label", {{"for", id}}, {name}), tag("p", {{"class", "hint"}, {"id", hint_id}}, {hint}),
              tag("textarea",
                  {{"id", id},
                   {"class", "keys"},
                   {"rows", "3"},
                   {"spellcheck", "false"},
                   {"autocomplete", "off"},
                   {"aria-describedby", hint_id}},
                  {value})});
}

Html inputs(const Setting& here, const VerifyPage& page) {
  std::string witnesses;
  for (const auto& one : page.witness_keys) witnesses += one + "\n";
  auto file = tag("div", {{"class", "field"}},
                  {tag("label", {{"for", "verify-file"}}, {here.say(key::verify_file)}),
                   tag("p", {{"class", "hint"}, {"id", "verify-file-hint"}}, {here.say(key::verify_file_hint)}),
                   tag("input", {{"type", "file"}, {"id", "verify-file"}, {"aria-describedby", "verify-file-hint"}})});
  return tag("div", {{"id", "verify-inputs"}, {"hidden", true}},  // nothing is ever sent: it is no form
             {std::move(file),
              keys_field("verify-log-keys", here.say(key::verify_log_keys), here.say(key::verify_log_keys_hint), page.log_key),
              keys_field("verify-witness-keys", here.say(key::verify_witness_keys), here.say(key::verify_witness_keys_hint),
                         witnesses)});
}

}  // namespace

std::string verify_page(const Setting& here, const VerifyPage& page) {
  const auto command = "huiyin verify FILE --vkey '" + page.log_key + "'";
  auto main =
      tag("h1", {}, {here.say(key::verify_head)}) + paragraph("lead", here.say(key::verify_lead)) +
      tag("noscript", {},
          {paragraph(here.say(key::verify_no_script)), tag("pre", {{"class", "command"}}, {tag("code", {}, {command})})}) +
      inputs(here, page) +
      tag("section", {{"id", "verify-result"}, {"hidden", true}, {"aria-labelledby", "verify-result-head"}},
          {tag("h2", {{"id", "verify-result-head"}}, {here.say(key::verify_result)}),
           tag("div", {{"id", "verify-outcome"}, {"aria-live", "polite"}})}) +
      tag("p", {}, {link(here.path("/witnesses"), here.say(key::witnesses_link))}) + script_words(here);
  Frame frame{here.say(key::verify_head)};
  frame.script = "verify.js";
  return document(here, frame, main);
}

}  // namespace huiyin::pages
