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

  /** The actor that the user is now; empty for an unknown or suspended one. */
  public Optional<Actor.Person> identify(UserId user) {
    return users
        .findForCredential(user)
        .filter(User::active)
        .map(u -> Actor.Person.of(u.tenant(), u.id(), u.staff()));
  }

  /** The caller's own account. */
  public Optional<User> self(UserScope scope) {
    return users.find(scope);
  }
}
