package io.parley.testkit.security;

import io.parley.domain.account.PasswordHash;
import io.parley.domain.port.Secret;
import io.parley.domain.port.security.PasswordHasher;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps passwords as they are, behind a number for salt: for tests that need no slowness. */
public final class PlainPasswordHasher implements PasswordHasher {
  private static final String SEPARATOR = ":";

  private final AtomicLong salt = new AtomicLong();

  @Override
  public PasswordHash hash(Secret password) {
    if (password.reveal().length() > LONGEST) {
      throw new IllegalArgumentException("A password has at most 1,024 characters.");
    }
    return new PasswordHash(salt.incrementAndGet() + SEPARATOR + password.reveal());
  }

  @Override
  public boolean matches(Secret password, @Nullable PasswordHash hash) {
    if (hash == null) {
      return false;
    }
    String encoded = hash.encoded();
    return encoded.substring(encoded.indexOf(SEPARATOR) + 1).equals(password.reveal());
  }
}
