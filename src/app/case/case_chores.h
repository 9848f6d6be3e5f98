// What has to be done about cases now and then: to note what comes due, to pass answers on to merged cases, to count provisional
// due days again.
#pragma once

#include <vector>

#include "app/case/case_desk.h"
#include "app/chores.h"

namespace huiyin::app {

// Cases looked at in one transaction.
inline constexpr std::size_t chore_cases_max = 100;
inline constexpr std::chrono::milliseconds watch_every = std::chrono::seconds(20);
inline constexpr std::chrono::milliseconds mergers_every = std::chrono::seconds(5);
inline constexpr std::chrono::milliseconds recount_every = std::chrono::minutes(10);

// The desk and the keys must outlive them.
std::vector<Chore> case_chores(CaseDesk& desk, Keys& keys);

}  // namespace huiyin::app
