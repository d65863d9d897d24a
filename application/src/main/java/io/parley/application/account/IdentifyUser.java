package io.parley.application.account;

import io.parley.domain.access.Actor;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.persistence.UserRepository;
import java.util.Optional;

/** Says who a verified credential belongs to. */
public final class IdentifyUser {
  private final UserRepository users;

  public IdentifyUser(UserRepository users) {
    this.users = users;
  }

  /**
   * Who a user is now.
   *
   * @param passwordVersion what was issued under an earlier one is not good any more
   */
  public record Identity(Actor.Person person, int passwordVersion) {}

  /** Who the user is now; empty for an unknown or suspended one. */
  public Optional<Identity> identify(UserId user) {
    return users
        .findForCredential(user)
        .filter(User::active)
        .map(
            u -> new Identity(Actor.Person.of(u.tenant(), u.id(), u.staff()), u.passwordVersion()));
  }

  /** The caller's own account. */
  public Optional<User> self(UserScope scope) {
    return users.find(scope);
  }
}
