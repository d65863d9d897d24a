package io.parley.testkit.memory;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.port.persistence.IdempotencyRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers to repeated requests in memory. */
public final class InMemoryIdempotencyRepository implements IdempotencyRepository {

  private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

  private final InMemoryDatabase database;

  public InMemoryIdempotencyRepository(InMemoryDatabase database) {
    this.database = database;
  }

  record Key(String tenant, String user, String key) {
    static Key of(UserScope scope, String key) {
      return new Key(scope.tenant().toString(), scope.user().toString(), key);
    }
  }

  record Kept(
      String fingerprint, Instant claimedAt, Instant expiresAt, Claim.@Nullable Answered answer) {

    Kept withoutBody() {
      return answer == null
          ? this
          : new Kept(
              fingerprint,
              claimedAt,
              expiresAt,
              new Claim.Answered(answer.status(), answer.contentType(), ""));
    }

    boolean isForgotten(Instant now) {
      return !expiresAt.isAfter(now)
          || (answer == null && !claimedAt.plus(LONGEST_RUN).isAfter(now));
    }
  }

  @Override
  public Claim claim(
      UserScope scope, String key, String fingerprint, Instant now, Instant expiresAt) {
    return database.inTransaction(() ->
        database
            .idempotency
            .get(Key.of(scope, key))
            .filter(kept -> !kept.isForgotten(now))
            .map(kept -> repeated(kept, fingerprint))
            .orElseGet(() -> {
              database.idempotency.put(
                  Key.of(scope, key), new Kept(fingerprint, now, expiresAt, null));
              return new Claim.First();
            }));
  }

  private static Claim repeated(Kept kept, String fingerprint) {
    if (!kept.fingerprint().equals(fingerprint)) {
      return new Claim.Mismatch();
    }
    Claim.Answered answer = kept.answer();
    return answer == null ? new Claim.Running() : answer;
  }

  @Override
  public void keep(UserScope scope, String key, int status, String contentType, String body) {
    Claim.Answered answer = new Claim.Answered(status, contentType, body);
    database.run(() ->
        database
            .idempotency
            .get(Key.of(scope, key))
            .filter(kept -> kept.answer() == null)
            .ifPresent(kept ->
                database.idempotency.put(
                    Key.of(scope, key),
                    new Kept(kept.fingerprint(), kept.claimedAt(), kept.expiresAt(), answer))));
  }

  @Override
  public void release(UserScope scope, String key) {
    database.run(() ->
        database
            .idempotency
            .get(Key.of(scope, key))
            .filter(kept -> kept.answer() == null)
            .ifPresent(kept -> database.idempotency.remove(Key.of(scope, key))));
  }

  /** Empties the kept answers of a tenant that say a word; how many. */
  static int empty(InMemoryDatabase database, TenantId tenant, String told) {
    List<Map.Entry<Key, Kept>> telling =
        database
            .idempotency
            .entries()
            .filter(entry -> entry.getKey().tenant().equals(tenant.toString()))
            .filter(entry -> tells(entry.getValue().answer(), told))
            .toList();
    telling.forEach(
        entry -> database.idempotency.put(entry.getKey(), entry.getValue().withoutBody()));
    return telling.size();
  }

  private static boolean tells(Claim.@Nullable Answered answer, String told) {
    return answer != null
        && answer.contentType().startsWith("application/")
        && answer.body().contains(told);
  }
}
