package io.parley.testkit.memory;

import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.UserId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.RefreshTokenRepository;
import io.parley.testkit.memory.InMemoryDatabase.KeptToken;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Refresh tokens in memory. */
public final class InMemoryRefreshTokenRepository implements RefreshTokenRepository {

  private final InMemoryDatabase database;

  public InMemoryRefreshTokenRepository(InMemoryDatabase database) {
    this.database = database;
  }

  @Override
  public void add(RefreshToken token) {
    database.run(() -> {
      if (database.users.get(token.user()).isEmpty()) {
        throw new PortFailure(
            PortFailure.Kind.CORRUPT_DATA, "memory", "There is no such user.", null);
      }
      boolean revoked =
          database
              .refreshTokens
              .first(kept -> isOf(token.family()).test(kept) && kept.revoked())
              .isPresent();
      database.refreshTokens.put(token.hash(), new KeptToken(token, false, revoked));
    });
  }

  @Override
  public Spending spend(String hash, Instant now) {
    return database.inTransaction(() -> {
      Optional<KeptToken> found = database.refreshTokens.get(hash);
      if (found.isEmpty()) {
        return new Spending.Invalid();
      }
      KeptToken kept = found.get();
      if (kept.spent()) {
        revoke(isOf(kept.token().family()));
        return new Spending.Reused();
      }
      if (kept.revoked() || !kept.token().expiresAt().isAfter(now)) {
        return new Spending.Invalid();
      }
      database.refreshTokens.put(hash, new KeptToken(kept.token(), true, false));
      return new Spending.Spent(kept.token().family(), kept.token().user());
    });
  }

  @Override
  public void revokeFamilyOf(String hash) {
    database.run(() ->
        database.refreshTokens.get(hash).ifPresent(kept -> revoke(isOf(kept.token().family()))));
  }

  @Override
  public void revokeAll(UserId user) {
    database.run(() -> revoke(kept -> kept.token().user().equals(user)));
  }

  private void revoke(Predicate<KeptToken> which) {
    database
        .refreshTokens
        .values()
        .filter(which)
        .forEach(kept ->
            database.refreshTokens.put(
                kept.token().hash(), new KeptToken(kept.token(), kept.spent(), true)));
  }

  private static Predicate<KeptToken> isOf(UUID family) {
    return kept -> kept.token().family().equals(family);
  }
}
