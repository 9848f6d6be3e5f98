// Result<T>: a value or an Error. [[nodiscard]] as a class, so that no failure is dropped in silence.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "base/assert.h"
#include "base/error.h"

namespace huiyin {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const noexcept { return held_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  // Reading the wrong half is our fault, not the caller's input.
  [[nodiscard]] const T& value() const& {
    HUIYIN_ASSERT(ok());
    return *std::get_if<0>(&held_);
  }
  [[nodiscard]] T& value() & {
    HUIYIN_ASSERT(ok());
    return *std::get_if<0>(&held_);
  }
  [[nodiscard]] T&& value() && {
    HUIYIN_ASSERT(ok());
    return std::move(*std::get_if<0>(&held_));
  }
  [[nodiscard]] const Error& error() const& {
    HUIYIN_ASSERT(!ok());
    return *std::get_if<1>(&held_);
  }
  [[nodiscard]] Error&& error() && {
    HUIYIN_ASSERT(!ok());
    return std::move(*std::get_if<1>(&held_));
  }

  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

 private:
  std::variant<T, Error> held_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  [[nodiscard]] bool ok() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return ok(); }
  [[nodiscard]] const Error& error() const& {
    HUIYIN_ASSERT(!ok());
    return *error_;
  }
  [[nodiscard]] Error&& error() && {
    HUIYIN_ASSERT(!ok());
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace huiyin
