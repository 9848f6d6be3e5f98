// The pages for people: requesters at /{zh|en}/, staff at /{zh|en}/staff/, and the files beside them at /assets/.
#pragma once

#include "http/router.h"
#include "http/services.h"

namespace huiyin::http {

// `services` must outlive the router. Also sets its error page.
void add_pages(Router& router, Services& services);

}  // namespace huiyin::http
