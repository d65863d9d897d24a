package io.parley.application.account;

import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.RefreshTokenRepository;

/** Ends a session. */
public final class LogOut {
  private final RefreshTokenRepository tokens;

  public LogOut(RefreshTokenRepository tokens) {
    this.tokens = tokens;
  }

  /** Nothing happens for a token that is not known. */
  public void logOut(Secret refreshToken) {
    tokens.revokeFamilyOf(RefreshTokens.hash(refreshToken));
  }
}
