// A request for a page, with what every page's handler asks of it. Internal to the pages.
#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "http/router.h"
#include "http/services.h"
#include "pages/form.h"
#include "pages/setting.h"

namespace huiyin::http {

// 20,000 characters of an answer, each of up to three bytes, each byte as three letters (%XX), and the rest of the form.
inline constexpr std::size_t form_bytes_max = 256UL * 1024;

struct Visit {
  Services& services;
  Request request;
  Reply reply;
  Language language{};
  Pairs form{};  // of a POST; line ends as "\n"

  [[nodiscard]] pages::Setting setting() const;
  // The same for a page that stands at another address, or ("") can only be had once.
  [[nodiscard]] pages::Setting setting_at(std::string address) const;
  [[nodiscard]] std::string_view field(std::string_view name) const;  // of the form; "" when absent

  void show(unsigned status, std::string html, Pairs headers = {}) const;
  void go(std::string_view path, Pairs headers = {}) const;  // 303; the path is behind the language
  void refuse(const Error& error, Pairs headers = {}) const;
};

using VisitPtr = std::shared_ptr<Visit>;
using PageHandler = std::function<void(const VisitPtr&)>;

// Adds a page below /{language}. An unknown language is not found; a POST from another site is refused, its form read.
void add_page(Router& router, Services& services, std::string_view method, std::string_view pattern, std::string_view name,
              PageHandler handler);

// Work away from the thread we are on, in one of the two pools of Services; answers `overloaded` when there is no room.
void on_worker(WorkerPool& pool, const VisitPtr& visit, std::function<void()> work);

Response error_response(Services& services, const Error& error, unsigned status, const Request& request);

// The fields of a form as the object a command is read from: "place.address" becomes an inner object, "parts.0.body" one of a
// list of objects (numbers without a gap, whichever blocks were left empty), "true"/"false" of the named fields a boolean,
// `version` and the like a number. Empty fields are left out; so are csrf and once.
boost::json::object fields_of(const Pairs& form);
// The same blocks, numbered alike, with the faults named as the fields of forms are.
pages::Typed typed_from(const Pairs& form, Error error);

// One list a file.
void add_public_pages(Router& router, Services& services);
void add_verify_pages(Router& router, Services& services);
void add_case_pages(Router& router, Services& services);
void add_sign_in_pages(Router& router, Services& services);
void add_staff_pages(Router& router, Services& services);
void add_absence_pages(Router& router, Services& services);
void add_handover_pages(Router& router, Services& services);
void add_asset_pages(Router& router);

}  // namespace huiyin::http
