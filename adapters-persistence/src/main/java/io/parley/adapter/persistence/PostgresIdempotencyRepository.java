package io.parley.adapter.persistence;

import io.parley.domain.access.UserScope;
import io.parley.domain.port.persistence.IdempotencyRepository;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

final class PostgresIdempotencyRepository implements IdempotencyRepository {

  private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

  /** How many claims in the mean between two removals of expired ones. */
  private static final int ATTEMPTS = 3;

  private final Sql sql;

  PostgresIdempotencyRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Claim claim(
      UserScope scope, String key, String fingerprint, Instant now, Instant expiresAt) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (isFirst(scope, key, fingerprint, now, expiresAt)) {
        return new Claim.First();
      }
      Optional<Claim> other = other(scope, key, fingerprint);
      if (other.isPresent()) {
        return other.get();
      }
      // It was released in between: try again.
    }
    return new Claim.Running();
  }

  private boolean isFirst(
      UserScope scope, String key, String fingerprint, Instant now, Instant expiresAt) {
    return sql.update(
            """
            insert into idempotency_keys as k
              (user_id, key, tenant_id, fingerprint, claimed_at, expires_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict (user_id, key) do update
              set fingerprint = excluded.fingerprint, claimed_at = excluded.claimed_at,
                expires_at = excluded.expires_at, status = null, content_type = null, body = null
              where k.tenant_id = excluded.tenant_id
                and (k.expires_at <= ? or (k.status is null and k.claimed_at <= ?))
            """,
            scope.user().value(),
            key,
            scope.tenant().value(),
            fingerprint,
            now,
            expiresAt,
            now,
            now.minus(LONGEST_RUN))
        == 1;
  }

  private Optional<Claim> other(UserScope scope, String key, String fingerprint) {
    return sql.find(
        """
        select fingerprint, status, content_type, body from idempotency_keys
        where user_id = ? and key = ? and tenant_id = ?
        """,
        row -> claim(row, fingerprint),
        scope.user().value(),
        key,
        scope.tenant().value());
  }

  private static Claim claim(Row row, String fingerprint) throws SQLException {
    if (!row.text("fingerprint").equals(fingerprint)) {
      return new Claim.Mismatch();
    }
    if (row.nullableInteger("status") == null) {
      return new Claim.Running();
    }
    return new Claim.Answered(row.integer("status"), row.text("content_type"), row.text("body"));
  }

  @Override
  public void keep(UserScope scope, String key, int status, String contentType, String body) {
    sql.update(
        """
        update idempotency_keys set status = ?, content_type = ?, body = ?
        where user_id = ? and key = ? and tenant_id = ? and status is null
        """,
        status,
        contentType,
        body,
        scope.user().value(),
        key,
        scope.tenant().value());
  }

  @Override
  public void release(UserScope scope, String key) {
    sql.update(
        """
        delete from idempotency_keys
        where user_id = ? and key = ? and tenant_id = ? and status is null
        """,
        scope.user().value(),
        key,
        scope.tenant().value());
  }
}
