package io.parley.testkit.security;

import io.parley.domain.port.security.PasswordHasher;

final class PlainPasswordHasherTest extends PasswordHasherContract {
  private final PasswordHasher hasher = new PlainPasswordHasher();

  @Override
  protected PasswordHasher hasher() {
    return hasher;
  }
}
