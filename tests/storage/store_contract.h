// The contract of app::Store as checks that any store must pass: in memory, over SQLite, over PostgreSQL. Each check gets a store
// with two fresh jurisdictions. They are a table, so that one program can run them all at once (every SQL statement must have
// been used).
#pragma once

#include <ostream>
#include <span>
#include <string_view>

#include "app/store.h"

namespace huiyin::storage {

struct Ground {
  app::Store& store;
  JurisdictionId here, there;

  // Writes in one transaction and commits it.
  template <class Act>
  void write(Act act) const {
    const auto view = store.write(here);
    act(*view);
    view->commit();
  }
};

struct ContractCheck {
  std::string_view name;
  void (*run)(const Ground&);
};

inline void PrintTo(const ContractCheck& check, std::ostream* out) { *out << check.name; }

// By theme, each in its own file.
std::span<const ContractCheck> record_checks();
std::span<const ContractCheck> staff_checks();
std::span<const ContractCheck> absence_checks();
std::span<const ContractCheck> transaction_checks();
std::span<const ContractCheck> case_checks();
std::span<const ContractCheck> request_checks();

// The two jurisdictions of a Ground in an empty store.
Ground prepare(app::Store& store);

}  // namespace huiyin::storage
