#include "app/office_check.h"

#include "app/pack_fields.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
using namespace pack_fields;

constexpr TextLimits phone_limits{3, 40};
constexpr TextLimits email_limits{3, 254};  // RFC 5321, section 4.5.3.1.3, less its angle brackets

std::string phone_of(FieldReader& row) {
  auto phone = row.text("phone", phone_limits).value_or("");
  if (is_phone_number(phone)) return phone;
  row.refuse("phone", shortened(phone), {key::pack_phone_number});
  return {};
}

std::string email_of(FieldReader& row) {
  auto email = row.text("email", email_limits).value_or("");
  if (email.empty() || looks_like_email(email)) return email;
  row.refuse("email", shortened(email), {key::expected_email});
  return {};
}

}  // namespace

void check_offices(FieldReader& reader, rules::Pack& pack) {
  const auto rows = reader.objects("offices", {0, pack_offices_max});
  for (auto* row : rows) {
    rules::Office office;
    office.code.text = code(*row, "code");
    office.name = local_text(*row, "name", name_limits, true);
    office.address = local_text(*row, "address", help_limits, false);
    office.phone = phone_of(*row);
    office.email = email_of(*row);
    office.hours = local_text(*row, "hours", help_limits, false);
    if (row->raw("address") == nullptr && row->raw("phone") == nullptr && row->raw("email") == nullptr)
      row->refuse("phone", "", {key::pack_office_reached});
    pack.offices.push_back(std::move(office));
  }
  places_of("offices", pack.offices, rows);
}

json::array offices_json(const std::vector<rules::Office>& offices) {
  json::array rows;
  for (const auto& office : offices) {
    json::object row{{"code", office.code.text}, {"name", json_of(office.name)}};
    if (!office.address.zh.empty()) row["address"] = json_of(office.address);
    if (!office.phone.empty()) row["phone"] = office.phone;
    if (!office.email.empty()) row["email"] = office.email;
    if (!office.hours.zh.empty()) row["hours"] = json_of(office.hours);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace huiyin::app
