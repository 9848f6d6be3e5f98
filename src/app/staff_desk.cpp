#include "app/staff_desk.h"

#include "app/absence_rows.h"
#include "app/plain_job.h"
#include "app/user_member.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

Error wrong_login() { return {Code::unauthenticated, {key::sign_in_failed}}; }

Message length_of(std::size_t low, std::size_t high) {
  return {key::expected_length, {{"min", std::to_string(low)}, {"max", std::to_string(high)}}};
}

void check_length(std::vector<FieldError>& wrong, const char* field, std::string_view text, std::size_t low, std::size_t high) {
  const auto length = is_text(text) ? count_characters(text) : 0;
  if (length < low || length > high) wrong.push_back({field, std::to_string(length), length_of(low, high)});
}

std::vector<FieldError> faults_of(const Jurisdiction& jurisdiction, const NewUser& user) {
  std::vector<FieldError> wrong;
  if (!is_code(user.login) || user.login.size() > login_characters_max)
    wrong.push_back({"login", shortened(user.login), {key::expected_login}});
  check_length(wrong, "name", user.name, 1, staff_name_characters_max);
  check_length(wrong, "password", user.password, password_characters_min, password_characters_max);
  const auto is_for_staff = [](Role role) { return role != Role::requester && role != Role::system; };
  if (user.roles.empty() || !std::ranges::all_of(user.roles, is_for_staff)) {
    wrong.push_back({"roles", roles_text(user.roles), {key::expected_staff_roles}});
  }
  // All but stewards: a complaint about a unit is closed to those who are in it, also where they see all other cases.
  const bool of_a_unit = std::ranges::any_of(user.roles, [](Role role) { return role != Role::steward; });
  if ((of_a_unit && !user.unit) || (user.unit && jurisdiction.pack.find_unit(*user.unit) == nullptr)) {
    wrong.push_back({"unit", user.unit ? shortened(user.unit->text) : "", {key::expected_unit}});
  }
  return wrong;
}

// Who is away today and has `deputy` act for them.
std::vector<Deputyship> list_deputyships(ReadView& view, const Member& deputy, Day today) {
  std::vector<Deputyship> out;
  for (const auto& absence : view.rows<AbsenceRows>().list_for_deputy(deputy.id, today)) {
    const auto absent = view.find_user(absence.staff);
    if (absent && can_stand_in(deputy, member_of(*absent))) out.push_back({member_of(*absent), absence.last});
  }
  return out;
}

}  // namespace

StaffDesk::StaffDesk(Parts parts) : parts_(parts), any_hash_(crypto::password_hash(to_hex(parts.random.bytes<16>()))) {}

std::string StaffDesk::csrf_of(std::string_view token) {
  return to_base64url(crypto::keyed_hash(parts_.keys.for_purpose("csrf").bytes(), as_bytes(token)));
}

SignedIn StaffDesk::signed_in(const Jurisdiction& jurisdiction, ReadView& view, const UserRow& user, std::string_view token,
                              Instant expires) {
  const auto member = member_of(user);
  auto acts_for = list_deputyships(view, member, jurisdiction.zone->day_of(parts_.clock.now()));
  std::vector<Member> absent;
  for (const auto& one : acts_for) absent.push_back(one.absent);
  return {user.id, user.login, user.name, actor_of(member, absent), csrf_of(token), expires, std::move(acts_for)};
}

void StaffDesk::sign_in(const Jurisdiction& jurisdiction, std::string login, std::string password,
                        std::function<void(Result<NewSession>)> done) {
  const auto user = parts_.store.read(jurisdiction.id)->find_user(login);
  const bool matches = crypto::password_matches(user ? user->password : any_hash_, password);
  if (!user || !matches || user->disabled) return done(wrong_login());
  NewSession session;
  session.token = to_base64url(parts_.random.bytes<32>());
  const auto now = parts_.clock.now();
  session.staff = signed_in(jurisdiction, *parts_.store.read(jurisdiction.id), *user, session.token, now + session_length);
  const SessionRow row{crypto::sha256(session.token), user->id, now, session.staff.expires};
  parts_.committer.submit(std::make_unique<PlainJob>(
      jurisdiction.id,
      [row](Ledger& ledger) {
        ledger.view().put_session(row);
        return Result<void>();
      },
      [session = std::move(session), done = std::move(done)](Result<void> result) {
        if (!result.ok()) return done(std::move(result).error());
        done(session);
      }));
}

void StaffDesk::sign_out(const Jurisdiction& jurisdiction, std::string_view token, std::function<void(Result<void>)> done) {
  parts_.committer.submit(std::make_unique<PlainJob>(
      jurisdiction.id,
      [hash = crypto::sha256(token)](Ledger& ledger) {
        ledger.view().erase_session(hash);
        return Result<void>();
      },
      std::move(done)));
}

std::optional<SignedIn> StaffDesk::who(const Jurisdiction& jurisdiction, std::string_view token) {
  const auto view = parts_.store.read(jurisdiction.id);
  const auto session = view->find_session(crypto::sha256(token));
  if (!session || session->expires <= parts_.clock.now()) return std::nullopt;
  const auto user = view->find_user(session->user);
  if (!user || user->disabled) return std::nullopt;
  return signed_in(jurisdiction, *view, *user, token, session->expires);
}

void StaffDesk::add_user(const Jurisdiction& jurisdiction, NewUser user, std::function<void(Result<UserId>)> done) {
  if (auto wrong = faults_of(jurisdiction, user); !wrong.empty()) {
    return done(invalid_fields(std::move(wrong)));
  }
  const UserRow row{{}, user.login, user.name, crypto::password_hash(user.password), roles_text(user.roles), user.unit, false};
  const auto id = std::make_shared<UserId>();
  parts_.committer.submit(std::make_unique<PlainJob>(
      jurisdiction.id,
      [row, id](Ledger& ledger) -> Result<void> {
        if (ledger.view().find_user(row.login)) {
          return invalid_field("login", row.login, {key::expected_login_free});
        }
        *id = ledger.view().put_user(row);
        return {};
      },
      [id, done = std::move(done)](Result<void> result) {
        if (!result.ok()) return done(std::move(result).error());
        done(*id);
      }));
}

}  // namespace huiyin::app
