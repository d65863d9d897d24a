package io.parley.adapter.persistence;

import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.UserId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.RefreshTokenRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Adding and revoking wait for one another by user, so that a token that is being added while its
 * family is revoked does not escape.
 */
final class PostgresRefreshTokenRepository implements RefreshTokenRepository {

  private final Sql sql;

  PostgresRefreshTokenRepository(Sql sql) {
    this.sql = sql;
  }

  private record Token(UUID family, UserId user, boolean spent) {}

  @Override
  public void add(RefreshToken token) {
    int added =
        sql.inTransaction(() -> {
          lock(token.user());
          return insert(token);
        });
    if (added == 0) {
      throw new PortFailure(
          PortFailure.Kind.CORRUPT_DATA, PostgresFailures.BACKEND, "There is no such user.", null);
    }
  }

  private int insert(RefreshToken token) {
    return sql.update(
        """
        insert into refresh_tokens (hash, tenant_id, user_id, family, expires_at, revoked_at)
        select ?, tenant_id, id, ?, ?,
          (select max(revoked_at) from refresh_tokens where family = ?)
        from users where id = ?
        """,
        token.hash(),
        token.family(),
        token.expiresAt(),
        token.family(),
        token.user().value());
  }

  @Override
  public Spending spend(String hash, Instant now) {
    return sql.inTransaction(() -> {
      Optional<Token> spent =
          sql.find(
              """
              update refresh_tokens set spent_at = ?
              where hash = ? and spent_at is null and revoked_at is null and expires_at > ?
              returning family, user_id, true as spent
              """,
              PostgresRefreshTokenRepository::token,
              now,
              hash,
              now);
      return spent
          .<Spending>map(token -> new Spending.Spent(token.family(), token.user()))
          .orElseGet(() -> refuse(hash));
    });
  }

  private Spending refuse(String hash) {
    Optional<Token> reused = find(hash).filter(Token::spent);
    if (reused.isEmpty()) {
      return new Spending.Invalid();
    }
    revoke(reused.get());
    return new Spending.Reused();
  }

  @Override
  public void revokeFamilyOf(String hash) {
    sql.inTransaction(() -> {
      find(hash).ifPresent(this::revoke);
      return true;
    });
  }

  @Override
  public void revokeAll(UserId user) {
    sql.inTransaction(() -> {
      lock(user);
      return sql.update(
          "update refresh_tokens set revoked_at = now() where user_id = ? and revoked_at is null",
          user.value());
    });
  }

  private void revoke(Token token) {
    lock(token.user());
    sql.update(
        "update refresh_tokens set revoked_at = now() where family = ? and revoked_at is null",
        token.family());
  }

  private Optional<Token> find(String hash) {
    return sql.find(
        """
        select family, user_id, spent_at is not null as spent from refresh_tokens where hash = ?
        """,
        PostgresRefreshTokenRepository::token,
        hash);
  }

  private void lock(UserId user) {
    sql.lock("refresh_tokens " + user);
  }

  private static Token token(Row row) throws java.sql.SQLException {
    return new Token(row.uuid("family"), new UserId(row.uuid("user_id")), row.bool("spent"));
  }
}
