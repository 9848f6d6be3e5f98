// Who of the staff asks for a page. Internal to the pages.
#pragma once

#include <optional>

#include "http/pages/visit.h"

namespace huiyin::http {

// Nothing without a session: the way to sign in was answered then.
std::optional<app::SignedIn> staff_of_page(const VisitPtr& visit);
// Of whoever posts: signed in, and by a form of our own page. Nothing when the answer was given already.
std::optional<app::SignedIn> sender_of_page(const VisitPtr& visit);

}  // namespace huiyin::http
