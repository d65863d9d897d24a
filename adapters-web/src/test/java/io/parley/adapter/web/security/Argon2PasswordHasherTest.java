package io.parley.adapter.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.account.PasswordHash;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.security.PasswordHasher;
import io.parley.testkit.security.PasswordHasherContract;
import org.junit.jupiter.api.Test;

final class Argon2PasswordHasherTest extends PasswordHasherContract {
  private static final Argon2PasswordHasher HASHER = Argon2PasswordHasher.open();
  private static final Secret PASSWORD = new Secret("correct horse");

  @Override
  protected PasswordHasher hasher() {
    return HASHER;
  }

  @Test
  void aHashNamesItsParameters() {
    assertThat(HASHER.hash(PASSWORD).encoded()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void aHashWithOtherParametersIsReadAndOneThatIsNoneIsAFailure() {
    PasswordHash weaker =
        new PasswordHash("$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + "A".repeat(43));
    assertThat(HASHER.matches(PASSWORD, weaker)).isFalse();
    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(() -> HASHER.matches(PASSWORD, new PasswordHash("plain")));
  }
}
