package io.parley.application.account;

import io.parley.domain.account.User;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.RefreshTokenRepository;
import io.parley.domain.port.persistence.RefreshTokenRepository.Spending;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.port.persistence.UserRepository;
import java.time.InstantSource;
import java.util.Optional;

/** Exchanges a refresh token for a new one; reuse of a spent one ends the session for good. */
public final class RefreshSession {
  private final UserRepository users;
  private final RefreshTokenRepository tokens;
  private final RefreshTokens refreshTokens;
  private final Transactions transactions;
  private final InstantSource clock;

  public RefreshSession(
      UserRepository users,
      RefreshTokenRepository tokens,
      Transactions transactions,
      InstantSource clock) {
    this.users = users;
    this.tokens = tokens;
    this.transactions = transactions;
    this.refreshTokens = new RefreshTokens(tokens, clock);
    this.clock = clock;
  }

  /**
   * Empty when the token is not good, or its user is suspended, which ends all sessions. Spending
   * and issuing are one change: a reuse beside them revokes the new token too, and a failure
   * between them costs nobody the session.
   */
  public Optional<Session> refresh(Secret token) {
    return transactions.inTransaction(() -> spend(token));
  }

  private Optional<Session> spend(Secret token) {
    return switch (tokens.spend(RefreshTokens.hash(token), clock.instant())) {
      case Spending.Spent spent -> next(spent);
      case Spending.Reused _, Spending.Invalid _ -> Optional.empty();
    };
  }

  private Optional<Session> next(Spending.Spent spent) {
    Optional<User> user = users.findForCredential(spent.user()).filter(User::active);
    if (user.isEmpty()) {
      tokens.revokeAll(spent.user());
    }
    return user.map(u -> new Session(u, refreshTokens.issue(spent.family(), u.id())));
  }
}
