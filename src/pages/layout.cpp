#include "pages/layout.h"

#include "pages/asset.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

Html language_switch(const Setting& here) {
  if (here.address.empty()) return {};
  const auto other = here.language == Language::zh ? Language::en : Language::zh;
  const auto address = "/" + std::string(slug_of(other)) + here.address;
  // Said in the language it leads to, for those who cannot read this one.
  return tag("a", {{"class", "language"}, {"href", address}, {"hreflang", tag_of(other)}, {"lang", tag_of(other)}},
             {say(key::this_language, other)});
}

Html staff_bar(const Setting& here, const app::SignedIn& staff) {
  auto sign_out = tag("form", {{"method", "post"}, {"action", here.path("/staff/sign-out")}},
                      {hidden_input("csrf", staff.csrf), button(here.say(key::staff_sign_out), "quiet")});
  return tag("div", {{"class", "who"}},
             {tag("span", {{"class", "name"}, {"dir", "auto"}}, {staff.name}),
              link(here.path("/staff/absence"), here.say(key::absence_link)), std::move(sign_out)});
}

Html header(const Setting& here, const Frame& frame) {
  const bool desk = frame.look == Look::staff;
  const auto home = here.path(desk && frame.staff != nullptr ? "/staff/" : "/");
  auto brand = tag("a", {{"class", "brand"}, {"href", home}},
                   {mark_svg("mark"), tag("span", {{"class", "brand-name"}}, {here.in(here.pack.title)}),
                    desk ? tag("span", {{"class", "brand-desk"}}, {here.say(key::staff_desk)}) : Html()});
  return tag(
      "header", {{"class", "top"}},
      {tag("div", {{"class", "top-in"}},
           {std::move(brand), tag("div", {{"class", "top-end"}},
                                  {frame.staff != nullptr ? staff_bar(here, *frame.staff) : Html(), language_switch(here)})})});
}

Html footer(const Setting& here, const Frame& frame) {
  Html links = link(here.path("/"), here.say(key::footer_home)) + link(here.path("/track"), here.say(key::footer_track)) +
               link(here.path("/verify"), here.say(key::verify_link));
  if (frame.staff == nullptr) links += link(here.path("/staff/"), here.say(key::footer_staff));
  return tag("footer", {{"class", "foot"}},
             {tag("div", {{"class", "foot-in"}},
                  {tag("p", {}, {here.say(key::footer_promise)}),
                   tag("nav", {{"aria-label", here.say(key::footer_nav)}}, {std::move(links)})})});
}

Html head(const Setting& here, const Frame& frame) {
  const auto& mark = get_asset("mark.svg");
  return tag("head", {},
             {tag("meta", {{"charset", "utf-8"}}), tag("title", {}, {frame.title + " · " + here.in(here.pack.title)}),
              tag("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}),
              tag("meta", {{"name", "color-scheme"}, {"content", "light dark"}}),
              tag("link", {{"rel", "stylesheet"}, {"href", get_asset("style.css").address}}),
              tag("link", {{"rel", "icon"}, {"href", mark.address}, {"type", mark.type}}),
              frame.script.empty() ? Html() : module_script(get_asset(frame.script).address)});
}

}  // namespace

std::string document(const Setting& here, const Frame& frame, const Html& main) {
  auto body = tag("body", {{"class", frame.look == Look::staff ? "desk" : "people"}},
                  {tag("a", {{"class", "skip"}, {"href", "#main"}}, {here.say(key::skip_to_content)}), header(here, frame),
                   tag("main", {{"id", "main"}, {"tabindex", "-1"}}, {main}), footer(here, frame)});
  return "<!DOCTYPE html>\n" + tag("html", {{"lang", tag_of(here.language)}}, {head(here, frame), std::move(body)}).markup() +
         "\n";
}

Html mark_svg(std::string_view css_class) {
  return tag(
      "svg", {{"class", css_class}, {"viewBox", "0 0 32 32"}, {"aria-hidden", "true"}, {"focusable", "false"}},
      {tag("path", {{"d", "M28.557 12.635A13 13 0 1 1 19.365 3.443"}}),
       tag("path", {{"d", "M8.122 17.389A8 8 0 1 1 14.611 23.878"}}), tag("circle", {{"cx", "16"}, {"cy", "16"}, {"r", "3"}})});
}

Html paragraph(std::string_view words) { return tag("p", {}, {words}); }
Html paragraph(std::string_view css_class, std::string_view words) { return tag("p", {{"class", css_class}}, {words}); }
Html link(std::string_view address, std::string_view words) { return tag("a", {{"href", address}}, {words}); }

Html button(std::string_view words, std::string_view css_class) {
  return tag("button", {{"type", "submit"}, {"class", css_class}}, {words});
}

Html primary_link(std::string_view address, std::string_view words) {
  return tag("a", {{"class", "primary"}, {"href", address}}, {words});
}

Html said(std::string_view words) { return tag("div", {{"class", "said"}, {"dir", "auto"}}, {words}); }

Html kept_words(const Setting& here, const std::vector<std::string>& all) {
  Html out;
  for (const auto& words : all) out += tag("div", {{"class", "card"}}, {paragraph(here.say(key::staff_kept_words)), said(words)});
  return out;
}

Html notice(std::string_view words) {
  return tag("div", {{"class", "notice"}, {"role", "status"}},
             {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"✓"}), tag("span", {}, {words})});
}

Html hidden_input(std::string_view name, std::string_view value) {
  return tag("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

}  // namespace huiyin::pages
