package io.parley.domain.port.persistence;

import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.UserId;
import java.time.Instant;
import java.util.UUID;

/** Refresh tokens, by hash. Reads and writes by hash alone: whoever has the token is its owner. */
public interface RefreshTokenRepository {

  /** What became of spending a token. */
  sealed interface Spending {
    /** It was good, and is spent now. */
    record Spent(UUID family, UserId user) implements Spending {}

    /** It had been spent before: its whole family is revoked now. */
    record Reused() implements Spending {}

    /** Unknown, expired or revoked. */
    record Invalid() implements Spending {}
  }

  void add(RefreshToken token);

  /** Spends a token exactly once, however many try at the same time. */
  Spending spend(String hash, Instant now);

  /** Revokes the family of a token; nothing happens for an unknown one. */
  void revokeFamilyOf(String hash);

  /** Revokes all of a user's tokens. */
  void revokeAll(UserId user);
}
