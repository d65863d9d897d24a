package io.parley.application.account;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.persistence.UserRepository;
import java.time.Instant;
import java.util.Optional;

/** Users, all of them suspended. */
record NobodyIsActive(UserRepository users) implements UserRepository {
  @Override
  public Registration register(User user) {
    return users.register(user);
  }

  @Override
  public Optional<User> findForLogin(String usernameOrEmail) {
    return users.findForLogin(usernameOrEmail).map(NobodyIsActive::suspended);
  }

  @Override
  public Optional<User> findForCredential(UserId user) {
    return users.findForCredential(user).map(NobodyIsActive::suspended);
  }

  @Override
  public Optional<User> find(UserScope scope) {
    return users.find(scope).map(NobodyIsActive::suspended);
  }

  @Override
  public void recordLogin(UserId user, Instant at) {
    users.recordLogin(user, at);
  }

  @Override
  public void changePassword(UserScope scope, PasswordHash hash) {
    users.changePassword(scope, hash);
  }

  private static User suspended(User u) {
    return new User(
        u.id(),
        u.tenant(),
        u.username(),
        u.email(),
        u.firstName(),
        u.lastName(),
        u.passwordHash(),
        u.passwordVersion(),
        u.staff(),
        false,
        u.verified(),
        u.dateJoined(),
        u.lastLogin(),
        u.subscriptionStatus(),
        u.subscriptionPlanId());
  }
}
