package io.parley.domain.port.security;

import io.parley.domain.account.PasswordHash;
import io.parley.domain.port.Secret;
import org.jspecify.annotations.Nullable;

/** Hashes passwords slowly. */
public interface PasswordHasher {

  /** Characters of a password, at most. */
  int LONGEST = 1_024;

  /**
   * A salted hash: each call gives another.
   *
   * @param password at most {@link #LONGEST} characters, else {@link IllegalArgumentException}
   */
  PasswordHash hash(Secret password);

  /**
   * Whether the password is the one that was hashed. Without a hash it takes the time of a real
   * comparison and says no, so that unknown users cannot be told from wrong passwords. A password
   * that is too long is the wrong one.
   */
  boolean matches(Secret password, @Nullable PasswordHash hash);
}
