// Private<T>: words, names, contacts. Encrypted under the record's key before they are stored; empty both when nothing was said
// and when nobody opened it. Decisions never depend on what is inside, only the people who may read it do.
#pragma once

#include <optional>
#include <utility>

namespace huiyin {

template <class T>
struct Private {
  std::optional<T> value{};

  Private() = default;
  Private(T inner) : value(std::move(inner)) {}
  Private(std::optional<T> inner) : value(std::move(inner)) {}
  explicit operator bool() const noexcept { return value.has_value(); }
  const T& operator*() const { return *value; }
  friend bool operator==(const Private&, const Private&) = default;
};

}  // namespace huiyin
