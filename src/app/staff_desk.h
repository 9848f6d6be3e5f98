// Staff: who they are, that they are signed in, and with which rights. A session is a random token in a cookie; the database
// keeps only its hash. The CSRF token of a session is derived from it, so that nothing more is stored.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/committer.h"
#include "domain/actor.h"

namespace huiyin::app {

inline constexpr std::chrono::milliseconds session_length = std::chrono::hours(12);
inline constexpr std::size_t password_characters_min = 10;
inline constexpr std::size_t password_characters_max = 200;
inline constexpr std::size_t login_characters_max = 64;
inline constexpr std::size_t staff_name_characters_max = 100;

// A member of staff with a running session.
struct SignedIn {
  UserId user;
  std::string login, name;
  Actor actor;
  std::string csrf;  // must come with every act that changes something
  Instant expires;
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

 private:
  std::string csrf_of(std::string_view token);
  Parts parts_;
  std::string any_hash_;  // of no password: for logins that do not exist
};

}  // namespace huiyin::app
