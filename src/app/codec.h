// Codec: an event to and from what is stored. One describe() an event says what each field is; from it come the facts in the
// database, the digests of the log and the sealed private content, so that the three cannot disagree.
#pragma once

#include <array>
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "app/private_class.h"
#include "base/assert.h"
#include "base/canonical_json.h"
#include "base/id.h"
#include "base/time.h"
#include "domain/names.h"
#include "domain/private.h"

namespace huiyin::app {

struct FineFact {
  std::string name;
  std::string value_json;  // canonical
};

// An event taken apart.
struct EncodedEvent {
  std::string name;   // "submitted"
  std::string facts;  // JSON object of the fine and the kept fields
  std::vector<FineFact> fine;
  std::array<std::optional<std::string>, private_classes>
      content;  // canonical JSON object a class, absent where nothing was said
  std::vector<std::string> unsaid{};  // the names of the fine facts that this one has not
  std::optional<std::string> told_as{};  // the name that the log shows instead of its own, which would tell too much
};

// The private content that was opened, a JSON text a class; absent classes stay empty in the event.
using OpenedContent = std::array<std::optional<std::string>, private_classes>;

namespace codec {

namespace json = boost::json;

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_private : std::false_type {};
template <class T>
struct is_private<Private<T>> : std::true_type {};
template <class T>
struct is_list : std::false_type {};
template <class T>
struct is_list<std::vector<T>> : std::true_type {};
template <class T>
struct is_code : std::false_type {};
template <class T>
struct is_code<Code_<T>> : std::true_type {};

// RecordId, UserId, JurisdictionId: a type of its own around one 64-bit number, stored as that number.
template <class T>
concept NumberedId = std::is_same_v<decltype(T::number), std::int64_t> && sizeof(T) == sizeof(std::int64_t);

template <class T>
json::value to_value(const T& field);

struct PartWriter {
  json::object object;
  template <class T>
  void part(std::string_view name, const T& field) {
    auto value = to_value(field);
    if (!value.is_null()) object.emplace(name, std::move(value));
  }
};

// Null: nothing to store.
template <class T>
json::value to_value(const T& field) {
  if constexpr (is_private<T>::value) return to_value(field.value);
  else if constexpr (is_optional<T>::value) return field ? to_value(*field) : json::value(nullptr);
  else if constexpr (is_code<T>::value) return json::value(field.text);
  else if constexpr (Named<T>) return json::value(name_of(field));
  else if constexpr (std::is_same_v<T, Instant>) return json::value(to_rfc3339(field));
  else if constexpr (std::is_same_v<T, Day>) return json::value(to_iso(field));
  else if constexpr (NumberedId<T>) return json::value(field.number);
  else if constexpr (std::is_same_v<T, bool> || std::is_integral_v<T>) return json::value(field);
  else if constexpr (std::is_same_v<T, std::string>) return json::value(field);
  else if constexpr (is_list<T>::value) {
    json::array array;
    for (const auto& one : field) array.push_back(to_value(one));
    return array;
  } else {
    PartWriter writer;
    T::describe(field, writer);
    return std::move(writer.object);
  }
}

template <class T>
bool from_value(const json::value* value, T& field);

struct PartReader {
  const json::object& object;
  bool good = true;
  template <class T>
  void part(std::string_view name, T& field) {
    good = from_value(object.if_contains(name), field) && good;
  }
};

template <class T>
bool take(std::optional<T> read, T& field) {
  if (!read) return false;
  field = *std::move(read);
  return true;
}

// False: what is stored is not what this type writes.
template <class T>
bool from_value(const json::value* value, T& field) {
  if constexpr (is_private<T>::value) return from_value(value, field.value);
  else if constexpr (is_optional<T>::value) {
    if (value == nullptr || value->is_null()) {
      field.reset();
      return true;
    }
    return from_value(value, field.emplace());
  } else {
    if (value == nullptr) return false;
    if constexpr (is_code<T>::value || Named<T> || std::is_same_v<T, Instant> || std::is_same_v<T, Day> ||
                  std::is_same_v<T, std::string>) {
      if (!value->is_string()) return false;
      const std::string_view text(value->get_string());
      if constexpr (is_code<T>::value) return huiyin::is_code(text) ? (field.text = text, true) : false;
      else if constexpr (Named<T>) return take(from_name<T>(text), field);
      else if constexpr (std::is_same_v<T, Instant>) return take(instant_from_rfc3339(text), field);
      else if constexpr (std::is_same_v<T, Day>) return take(day_from_iso(text), field);
      else return (field = text, true);
    } else if constexpr (std::is_same_v<T, bool>) {
      return value->is_bool() ? (field = value->get_bool(), true) : false;
    } else if constexpr (std::is_integral_v<T>) {
      json::error_code error;
      const auto number = value->is_number() ? value->to_number<T>(error) : T{};
      return value->is_number() && !error ? (field = number, true) : false;
    } else if constexpr (NumberedId<T>) {
      return from_value(value, field.number);
    } else if constexpr (is_list<T>::value) {
      if (!value->is_array()) return false;
      field.clear();
      for (const auto& one : value->get_array()) {
        if (!from_value(&one, field.emplace_back())) return false;
      }
      return true;
    } else {
      if (!value->is_object()) return false;
      PartReader reader{value->get_object()};
      T::describe(field, reader);
      return reader.good;
    }
  }
}

// The visitor that takes an event apart.
struct FieldWriter {
  json::object facts;
  std::vector<FineFact> fine_facts;
  std::vector<std::string> unsaid;
  std::array<json::object, private_classes> content;

  template <class T>
  void fine(std::string_view name, const T& field) {
    auto value = to_value(field);
    if (value.is_null()) return unsaid.emplace_back(name), void();
    fine_facts.push_back({std::string(name), canonical_json(value)});
    facts.emplace(name, std::move(value));
  }
  template <class T>
  void kept(std::string_view name, const T& field) {
    auto value = to_value(field);
    if (!value.is_null()) facts.emplace(name, std::move(value));
  }
  template <class T>
  void words(std::string_view name, const T& field) {
    hide(PrivateClass::words, name, field);
  }
  template <class T>
  void identity(std::string_view name, const T& field) {
    hide(PrivateClass::identity, name, field);
  }
  template <class T>
  void staff_words(std::string_view name, const T& field) {
    hide(PrivateClass::staff_words, name, field);
  }

 private:
  template <class T>
  void hide(PrivateClass where, std::string_view name, const T& field) {
    static_assert(is_private<T>::value, "a private class takes Private<T> only");
    auto value = to_value(field);
    if (!value.is_null()) content[static_cast<std::size_t>(where)].emplace(name, std::move(value));
  }
};

// The visitor that puts it together again.
struct FieldSetter {
  const json::object& facts;
  std::array<const json::object*, private_classes> content{};
  bool good = true;

  template <class T>
  void fine(std::string_view name, T& field) {
    good = from_value(facts.if_contains(name), field) && good;
  }
  template <class T>
  void kept(std::string_view name, T& field) {
    fine(name, field);
  }
  template <class T>
  void words(std::string_view name, T& field) {
    reveal(PrivateClass::words, name, field);
  }
  template <class T>
  void identity(std::string_view name, T& field) {
    reveal(PrivateClass::identity, name, field);
  }
  template <class T>
  void staff_words(std::string_view name, T& field) {
    reveal(PrivateClass::staff_words, name, field);
  }

 private:
  template <class T>
  void reveal(PrivateClass where, std::string_view name, T& field) {
    const auto* object = content[static_cast<std::size_t>(where)];
    if (object != nullptr) good = from_value(object->if_contains(name), field) && good;
  }
};

}  // namespace codec

template <class Event>
EncodedEvent encode(const Event& event) {
  return std::visit(
      [](const auto& one) {
        using One = std::remove_cvref_t<decltype(one)>;
        codec::FieldWriter writer;
        One::describe(one, writer);
        EncodedEvent out{
            std::string(One::name), canonical_json(writer.facts), std::move(writer.fine_facts), {}, std::move(writer.unsaid)};
        if constexpr (requires { One::told_as; }) out.told_as = One::told_as;
        for (std::size_t i = 0; i < private_classes; ++i) {
          if (!writer.content[i].empty()) out.content[i] = canonical_json(writer.content[i]);
        }
        return out;
      },
      event);
}

// Nothing when the stored form is not what encode() writes: a damaged database, never a user's fault.
template <class Event>
std::optional<Event> decode(std::string_view name, std::string_view facts, const OpenedContent& opened = {}) {
  namespace json = boost::json;
  json::error_code error;
  const auto stored = json::parse(facts, error);
  if (error || !stored.is_object()) return std::nullopt;
  std::array<json::value, private_classes> content;
  codec::FieldSetter setter{stored.get_object()};
  for (std::size_t i = 0; i < private_classes; ++i) {
    if (!opened[i]) continue;
    content[i] = json::parse(*opened[i], error);
    if (error || !content[i].is_object()) return std::nullopt;
    setter.content[i] = &content[i].get_object();
  }
  std::optional<Event> out;
  const auto try_one = [&]<class One>(std::type_identity<One>) {
    if (One::name != name) return;
    One one{};
    One::describe(one, setter);
    if (setter.good) out = std::move(one);
  };
  [&]<class... Each>(std::type_identity<std::variant<Each...>>) {
    (try_one(std::type_identity<Each>{}), ...);
  }(std::type_identity<Event>{});
  return out;
}

}  // namespace huiyin::app
