package io.parley.domain.port.security;

import io.parley.domain.account.PasswordHash;
import io.parley.domain.port.Secret;
import org.jspecify.annotations.Nullable;

/** Hashes passwords slowly. */
public interface PasswordHasher {

  /** A salted hash. */
  PasswordHash hash(Secret password);

  /**
   * Whether the password is the one that was hashed. Without a hash it takes the time of a real
   * comparison and says no, so that unknown users cannot be told from wrong passwords.
   */
  boolean matches(Secret password, @Nullable PasswordHash hash);
}
