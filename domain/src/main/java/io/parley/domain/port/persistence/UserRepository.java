package io.parley.domain.port.persistence;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import java.time.Instant;
import java.util.Optional;

/** Users and their tenants. */
public interface UserRepository {

  /** What became of a registration. */
  sealed interface Registration {
    record Registered(User user) implements Registration {}

    record UsernameTaken() implements Registration {}

    record EmailTaken() implements Registration {}
  }

  /** Makes a local user and the user's own tenant. The user's ids are taken from {@code user}. */
  Registration register(User user);

  /** Finds a local account by user name or e-mail, without regard to case; for log-in only. */
  Optional<User> findForLogin(String usernameOrEmail);

  /** For a credential check: the user that a verified token names, also a suspended one. */
  Optional<User> findForCredential(UserId user);

  Optional<User> find(UserScope scope);

  void recordLogin(UserId user, Instant at);

  /** Keeps a new password, and counts its version up. Nothing happens for who has none. */
  void changePassword(UserScope scope, PasswordHash hash);
}
