// The words of the catalogues for what people do.
#pragma once

#include "base/catalogue.h"
#include "domain/actor.h"

namespace huiyin::pages {

Key word_of(Role role);

}  // namespace huiyin::pages
