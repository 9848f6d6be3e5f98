// Events filled without knowing them: describe() names the fields, so that a new event or a new field is tested by being there.
#pragma once

#include <boost/pfr.hpp>
#include <set>
#include <string>
#include <variant>

#include "app/codec.h"
#include "base/random.h"

namespace huiyin::app {

inline constexpr std::string_view private_mark = "PRIVATE-MARK", kept_mark = "KEPT-MARK";

// Fills any field: at random, or with a mark in every text.
struct Filling {
  SeededRandom& random;
  std::string_view mark{};  // not empty: texts are this, optionals and lists are full

  template <class T>
  void fill(T& field) {
    if constexpr (codec::is_private<T>::value) fill(field.value);
    else if constexpr (codec::is_optional<T>::value) fill_optional(field);
    else if constexpr (codec::is_list<T>::value) fill_list(field);
    else if constexpr (codec::is_code<T>::value)
      field.text = mark.empty() ? "code-" + std::to_string(random.below(99)) : "marked";
    else if constexpr (Named<T>) field = static_cast<T>(random.below(static_cast<std::uint32_t>(Names<T>::values.size())));
    else if constexpr (std::is_same_v<T, Instant>)
      field = {static_cast<std::int64_t>(random.below(4'000'000'000U)) * 1'000 - 999};
    else if constexpr (std::is_same_v<T, Day>) field = {static_cast<std::int32_t>(random.below(80'000)) - 20'000};
    else if constexpr (codec::NumberedId<T>) field = {1 + random.below(1'000)};
    else if constexpr (std::is_same_v<T, bool>) field = random.below(2) == 0;
    else if constexpr (std::is_unsigned_v<T>) field = static_cast<T>(~std::uint64_t{0} >> random.below(64));  // of every length
    else if constexpr (std::is_integral_v<T>) field = static_cast<T>(random.below(360'000'000)) - 180'000'000;
    else if constexpr (std::is_same_v<T, std::string>) field = mark.empty() ? text() : std::string(mark);
    else T::describe(field, *this);
  }
  template <class T>
  void part(std::string_view, T& field) {
    fill(field);
  }

 private:
  template <class T>
  void fill_optional(std::optional<T>& field) {
    if (!mark.empty() || random.below(3) != 0) fill(field.emplace());
    else field.reset();
  }
  template <class T>
  void fill_list(std::vector<T>& field) {
    field.resize(mark.empty() ? random.below(4) : 1);
    for (auto& one : field) fill(one);
  }
  // Any letters at all: quotes, controls, several scripts, nothing.
  std::string text() {
    constexpr std::array<std::string_view, 9> pieces{"a", "\"", "\\", "\n", "\x01", "回音", "\xF0\x9F\x95\xB3", "{}", " "};
    std::string out;
    for (auto left = random.below(12); left > 0; --left) out += pieces[random.below(pieces.size())];
    return out;
  }
};

// Every field of an event, also one that describe() does not name: so that the round trip finds it missing.
template <class One>
One random_event(SeededRandom& random) {
  Filling filling{random};
  One one{};
  boost::pfr::for_each_field(one, [&](auto& field) { filling.fill(field); });
  return one;
}

// The visitor that hands each field of an event, by what it is, to three functions.
template <class OnFine, class OnKept, class OnPrivate>
struct FieldVisitor {
  OnFine on_fine;
  OnKept on_kept;
  OnPrivate on_private;  // (class, field)

  template <class T>
  void fine(std::string_view name, T& field) {
    on_fine(name, field);
  }
  template <class T>
  void kept(std::string_view, T& field) {
    on_kept(field);
  }
  template <class T>
  void words(std::string_view, T& field) {
    on_private(PrivateClass::words, field);
  }
  template <class T>
  void identity(std::string_view, T& field) {
    on_private(PrivateClass::identity, field);
  }
  template <class T>
  void staff_words(std::string_view, T& field) {
    on_private(PrivateClass::staff_words, field);
  }
};

// Every field full; private_mark in each private text, kept_mark in each kept one.
template <class One>
One marked_event() {
  SeededRandom random(7);
  Filling open{random, "fine"}, kept{random, kept_mark}, secret{random, private_mark};
  One one{};
  FieldVisitor visitor{[&](std::string_view, auto& field) { open.fill(field); }, [&](auto& field) { kept.fill(field); },
                       [&](PrivateClass, auto& field) { secret.fill(field); }};
  One::describe(one, visitor);
  return one;
}

// With the private fields of one class only.
template <class Event>
Event with_class(Event event, std::size_t open) {
  std::visit(
      [&](auto& one) {
        FieldVisitor visitor{[](std::string_view, auto&) {}, [](auto&) {},
                             [&](PrivateClass which, auto& field) {
                               if (static_cast<std::size_t>(which) != open) field.value.reset();
                             }};
        std::remove_cvref_t<decltype(one)>::describe(one, visitor);
      },
      event);
  return event;
}

template <class Event>
Event without_private(Event event) {
  return with_class(std::move(event), private_classes);
}

// Field by field, also those that describe() forgets: they would be lost.
template <class Event>
bool same_fields(const Event& a, const Event& b) {
  if (a.index() != b.index()) return false;
  return std::visit([&]<class One>(const One& one) { return boost::pfr::eq_fields(one, std::get<One>(b)); }, a);
}

template <class One>
std::set<std::string> fine_names() {
  std::set<std::string> names;
  One one{};
  FieldVisitor visitor{[&](std::string_view name, auto&) { names.emplace(name); }, [](auto&) {}, [](PrivateClass, auto&) {}};
  One::describe(one, visitor);
  return names;
}

inline std::set<std::string> fields_named(const std::vector<FineFact>& facts) {
  std::set<std::string> names;
  for (const auto& fact : facts) names.insert(fact.name);
  return names;
}

}  // namespace huiyin::app
