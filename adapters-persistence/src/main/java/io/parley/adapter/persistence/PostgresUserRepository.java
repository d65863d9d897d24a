package io.parley.adapter.persistence;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.UserRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

final class PostgresUserRepository implements UserRepository {

  private final Sql sql;
  private final UserRows rows;

  PostgresUserRepository(Sql sql, UserRows rows) {
    this.sql = sql;
    this.rows = rows;
  }

  @Override
  public Registration register(User user) {
    return sql.inTransaction(() -> {
      sql.update(
          "insert into tenants (id, created_at) values (?, ?)",
          user.tenant().value(),
          user.dateJoined());
      if (insert(user) == 1) {
        return new Registration.Registered(stored(user.id()));
      }
      sql.update("delete from tenants where id = ?", user.tenant().value());
      return clash(user);
    });
  }

  private int insert(User user) {
    return sql.update(
        """
        insert into users (id, tenant_id, username, email, first_name, last_name, password_hash,
          password_version, is_staff, is_active, is_verified, date_joined, last_login, subscription_status,
          subscription_plan_id)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing
        """,
        user.id().value(),
        user.tenant().value(),
        user.username(),
        user.email(),
        user.firstName(),
        user.lastName(),
        encoded(user.passwordHash()),
        user.passwordVersion(),
        user.staff(),
        user.active(),
        user.verified(),
        user.dateJoined(),
        user.lastLogin(),
        user.subscriptionStatus(),
        user.subscriptionPlanId());
  }

  private Registration clash(User user) {
    if (taken("lower(username)", user.username())) {
      return new Registration.UsernameTaken();
    }
    if (taken("lower(email)", user.email())) {
      return new Registration.EmailTaken();
    }
    throw new PortFailure(
        PortFailure.Kind.CORRUPT_DATA, PostgresFailures.BACKEND, "The user's id is taken.", null);
  }

  private boolean taken(String column, @Nullable String value) {
    return value != null
        && sql.exists(
            "select 1 from users where password_hash is not null and " + column + " = lower(?)",
            value);
  }

  @Override
  public Optional<User> findForLogin(String usernameOrEmail) {
    return read(() -> rows.findForLogin(usernameOrEmail.replace("\0", "\uFFFD")));
  }

  @Override
  public Optional<User> findForCredential(UserId user) {
    return read(() -> rows.findById(user.value()));
  }

  @Override
  public Optional<User> find(UserScope scope) {
    return read(() -> rows.findByIdAndTenantId(scope.user().value(), scope.tenant().value()));
  }

  private User stored(UserId id) {
    return findForCredential(id).orElseThrow();
  }

  private static Optional<User> read(Supplier<Optional<UserRow>> query) {
    return PostgresFailures.translating(query::get).map(UserRow::toUser);
  }

  @Override
  public void recordLogin(UserId user, Instant at) {
    sql.update("update users set last_login = ? where id = ?", at, user.value());
  }

  @Override
  public void changePassword(UserScope scope, PasswordHash hash) {
    sql.update(
        """
        update users set password_hash = ?, password_version = password_version + 1
        where id = ? and tenant_id = ? and password_hash is not null
        """,
        hash.encoded(),
        scope.user().value(),
        scope.tenant().value());
  }

  private static @Nullable String encoded(@Nullable PasswordHash hash) {
    return hash == null ? null : hash.encoded();
  }
}
