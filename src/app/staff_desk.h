// Staff: who they are, that they are signed in, with which rights, and who acts for them while they are away. A session is a
// random token in a cookie; the database keeps only its hash. The CSRF token of a session is derived from it, so that nothing
// more is stored.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/committer.h"
#include "domain/absence.h"

namespace huiyin::app {

inline constexpr std::chrono::milliseconds session_length = std::chrono::hours(12);
inline constexpr std::size_t password_characters_min = 10;
inline constexpr std::size_t password_characters_max = 200;
inline constexpr std::size_t login_characters_max = 64;
inline constexpr std::size_t staff_name_characters_max = 100;

// For whom a member of staff acts today, and the last day of it.
struct Deputyship {
  Member absent;
  Day until;
};

// A member of staff with a running session.
struct SignedIn {
  UserId user;
  std::string login, name;
  Actor actor;  // with the roles of those they act for
  std::string csrf;  // must come with every act that changes something
  Instant expires;
  std::vector<Deputyship> acts_for{};
};

struct NewSession {
  std::string token;  // for the cookie, never stored
  SignedIn staff;
};

struct NewUser {
  std::string login, name, password;
  std::vector<Role> roles;
  std::optional<UnitCode> unit;
};

struct NewAbsence {
  std::string login;  // whose; "": the own
  std::string deputy;  // the login of who acts for them
  Day first, last;  // both included
};

// An absence as people see it.
struct AbsenceItem {
  Absence absence;
  Member staff, deputy;
  std::string set_by;  // the name
  std::optional<Absence> deputy_away{};  // the deputy's own one, where some of its days are the same: nobody acts then
};

// Somebody who can stand in, and when not.
struct Candidate {
  Member member;
  std::optional<Absence> away{};
};

struct AbsenceList {
  Member whose;
  std::optional<AbsenceItem> own{};  // running or to come
  std::vector<AbsenceItem> acts_for{};  // today
  std::vector<Candidate> deputies{};  // who can stand in
  // Of a leader and a steward, asking for themselves: those for whom they may set an absence too, and the ones they have.
  std::vector<Candidate> people{};
  std::vector<AbsenceItem> others{};  // running or to come, nearest first
};

enum class Accounts : std::uint8_t { enabled, all };  // who left is disabled, and may still be named on cases

class StaffDesk {
 public:
  struct Parts {
    Store& store;
    Keys& keys;
    Committer& committer;
    const Clock& clock;
    Random& random;  // of any thread
  };
  explicit StaffDesk(Parts parts);

  // Slow on purpose (argon2id): call it on a worker, not on an I/O thread. The same `unauthenticated` for a wrong login, a wrong
  // password and a disabled account, after the same work.
  void sign_in(const Jurisdiction& jurisdiction, std::string login, std::string password,
               std::function<void(Result<NewSession>)> done);
  void sign_out(const Jurisdiction& jurisdiction, std::string_view token, std::function<void(Result<void>)> done);
  // Nothing when the token is unknown or over, or the account disabled.
  std::optional<SignedIn> who(const Jurisdiction& jurisdiction, std::string_view token);

  // `invalid` names the field: a login that is taken, a password too short, an officer without a unit, a unit the pack does not
  // know.
  void add_user(const Jurisdiction& jurisdiction, NewUser user, std::function<void(Result<UserId>)> done);

  // Of the own unit, by login; nobody for an actor without a unit.
  std::vector<Member> list_unit(const Jurisdiction& jurisdiction, const Actor& actor, Accounts accounts = Accounts::enabled);
  std::optional<Member> find(const Jurisdiction& jurisdiction, std::string_view login);

  // The absences of `login` ("": the own ones, and those of others that the actor may set). `forbidden` when the actor may not
  // see them, `invalid` when nobody has that login.
  Result<AbsenceList> list_absences(const Jurisdiction& jurisdiction, const Actor& actor, std::string_view login = {});
  // Instead of the absence there was. `forbidden` as above, `invalid` with the field: login, deputy, last_day.
  void set_absence(const Jurisdiction& jurisdiction, Actor actor, NewAbsence absence, std::function<void(Result<void>)> done);
  // `not_found` when there is none that runs or is to come.
  void end_absence(const Jurisdiction& jurisdiction, Actor actor, std::string login, std::function<void(Result<void>)> done);

 private:
  std::string csrf_of(std::string_view token);
  SignedIn signed_in(const Jurisdiction& jurisdiction, ReadView& view, const UserRow& user, std::string_view token,
                     Instant expires);
  Parts parts_;
  std::string any_hash_;  // of no password: for logins that do not exist
};

}  // namespace huiyin::app
