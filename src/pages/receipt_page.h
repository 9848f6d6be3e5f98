// The receipt (回执): reference, code, what happens by when and why. The code is shown here and nowhere else.
#pragma once

#include <string>

#include "app/case/case_desk.h"
#include "pages/setting.h"

namespace huiyin::pages {

// `site` is how the browser reached us, "https://answers.example.org", for the code on paper; empty: there is none.
std::string receipt_page(const Setting& here, const app::Filed& filed, std::string_view site);

}  // namespace huiyin::pages
