#include "pages/error_page.h"

#include "pages/layout.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

struct Words {
  unsigned status;
  Key head, help;
};

// The last one is for whatever is not named.
constexpr std::array<Words, 9> known{{{403, key::error_403, key::error_403_help},
                                      {404, key::error_404, key::error_404_help},
                                      {409, key::error_409, key::error_409_help},
                                      {413, key::error_413, key::error_413_help},
                                      {429, key::error_429, key::error_429_help},
                                      {500, key::error_500, key::error_500_help},
                                      {503, key::error_503, key::error_503_help},
                                      {408, key::error_503, key::error_503_help},
                                      {400, key::error_400, key::error_400_help}}};

}  // namespace

std::string error_page(const Setting& here, const Error& error, unsigned status, std::string_view request_id,
                       const std::vector<std::string>& kept) {
  const auto found = std::ranges::find(known, status, &Words::status);
  const auto& fit = found == known.end() ? known.back() : *found;
  auto main = tag(
      "section", {{"class", "error"}},
      {mark_svg("hero-mark"), tag("h1", {}, {here.say(fit.head)}), paragraph("lead", here.say(error.message)),
       paragraph(here.say(fit.help)), tag("p", {{"class", "act"}}, {primary_link(here.path("/"), here.say(key::error_home))})});
  main += kept_words(here, kept);
  if (status >= 500 && !request_id.empty())
    main += paragraph("hint", here.say(key::error_request, {{"id", std::string(request_id)}}));
  return document(here, {here.say(fit.head)}, main);
}

}  // namespace huiyin::pages
