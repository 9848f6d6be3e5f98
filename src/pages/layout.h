// The frame around every page: skip link, mark, language switch, footer; and the few pieces that stand on many pages.
// Pure functions.
#pragma once

#include <string>
#include <vector>

#include "app/staff_desk.h"
#include "pages/html.h"
#include "pages/setting.h"

namespace huiyin::pages {

enum class Look : std::uint8_t { people, staff };  // 18 px and narrow, or 15 px and wide

struct Frame {
  std::string title;
  Look look = Look::people;
  const app::SignedIn* staff = nullptr;  // who is signed in; null on public pages
  std::string_view script{};             // the asset that the page runs, if it runs one
};

// A whole HTML document.
std::string document(const Setting& here, const Frame& frame, const Html& main);

// The mark: two open rings about a dot, a word going out and coming back.
Html mark_svg(std::string_view css_class);

Html paragraph(std::string_view words);
Html paragraph(std::string_view css_class, std::string_view words);
Html link(std::string_view address, std::string_view words);
Html button(std::string_view words, std::string_view css_class);
// The one thing this page is for, when it is a link.
Html primary_link(std::string_view address, std::string_view words);
// Words of a person: as they wrote them, lines kept.
Html said(std::string_view words);
// What somebody had written for what was refused, each on a card, so that it can be copied.
Html kept_words(const Setting& here, const std::vector<std::string>& all);
// A line that something was done.
Html notice(std::string_view words);
Html hidden_input(std::string_view name, std::string_view value);

}  // namespace huiyin::pages
