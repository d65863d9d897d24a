package io.parley.testkit.memory;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.UserRepository;
import io.parley.domain.transfer.Tenant;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Users in memory. */
public final class InMemoryUserRepository implements UserRepository {

  private final InMemoryDatabase database;

  public InMemoryUserRepository(InMemoryDatabase database) {
    this.database = database;
  }

  @Override
  public Registration register(User user) {
    return database.inTransaction(() -> {
      if (locals(user).anyMatch(u -> same(u.username(), user.username()))) {
        return new Registration.UsernameTaken();
      }
      if (locals(user).anyMatch(u -> same(u.email(), user.email()))) {
        return new Registration.EmailTaken();
      }
      if (database.users.get(user.id()).isPresent()) {
        throw new PortFailure(
            PortFailure.Kind.CORRUPT_DATA, "memory", "The user's id is taken.", null);
      }
      User kept = with(user, user.passwordHash(), user.passwordVersion(), user.lastLogin());
      database.users.put(user.id(), kept);
      database.tenants.put(user.tenant(), new Tenant(user.tenant(), kept.dateJoined()));
      return new Registration.Registered(kept);
    });
  }

  private Stream<User> locals(User newcomer) {
    return newcomer.passwordHash() == null
        ? Stream.of()
        : database.users.values().filter(user -> user.passwordHash() != null);
  }

  @Override
  public Optional<User> findForLogin(String usernameOrEmail) {
    return database.inTransaction(() ->
        local(user -> same(user.email(), usernameOrEmail))
            .or(() -> local(user -> same(user.username(), usernameOrEmail))));
  }

  private Optional<User> local(Predicate<User> condition) {
    return database.users.first(user -> user.passwordHash() != null && condition.test(user));
  }

  @Override
  public Optional<User> findForCredential(UserId user) {
    return database.inTransaction(() -> database.users.get(user));
  }

  @Override
  public Optional<User> find(UserScope scope) {
    return findForCredential(scope.user()).filter(user -> user.tenant().equals(scope.tenant()));
  }

  @Override
  public void recordLogin(UserId id, Instant at) {
    database.run(() ->
        database
            .users
            .get(id)
            .ifPresent(user ->
                database.users.put(
                    id, with(user, user.passwordHash(), user.passwordVersion(), at))));
  }

  @Override
  public void changePassword(UserScope scope, PasswordHash hash) {
    database.run(() ->
        find(scope)
            .filter(user -> user.passwordHash() != null)
            .ifPresent(user ->
                database.users.put(
                    user.id(), with(user, hash, user.passwordVersion() + 1, user.lastLogin()))));
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one != null
        && other != null
        && one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  private static User with(
      User user, @Nullable PasswordHash hash, int passwordVersion, @Nullable Instant lastLogin) {
    return new User(
        user.id(),
        user.tenant(),
        user.username(),
        user.email(),
        user.firstName(),
        user.lastName(),
        hash,
        passwordVersion,
        user.staff(),
        user.active(),
        user.verified(),
        InMemoryDatabase.kept(user.dateJoined()),
        lastLogin == null ? null : InMemoryDatabase.kept(lastLogin),
        user.subscriptionStatus(),
        user.subscriptionPlanId());
  }
}
