// A head that was kept outside the database (Keys::last_heads), opened with the log's own key.
#pragma once

#include <optional>
#include <string_view>

#include "app/jurisdiction.h"
#include "log/checkpoint.h"

namespace huiyin::app {

// Nothing when it is no note, or not signed by this log's key. Whose log its origin names is the caller's to ask.
std::optional<log::Checkpoint> open_kept_head(const Jurisdiction& jurisdiction, std::string_view note);

}  // namespace huiyin::app
