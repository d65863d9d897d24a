package io.parley.adapter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.account.PasswordHash;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Passwords are hashed slowly, salted, and never longer than allowed. */
final class Argon2PasswordHasherTest {
  private static final Argon2PasswordHasher HASHER = Argon2PasswordHasher.open();
  private static final Secret PASSWORD = new Secret("correct horse");

  @Test
  void onlyTheRightPasswordMatches() {
    PasswordHash hash = HASHER.hash(PASSWORD);
    assertThat(hash.encoded()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(HASHER.matches(PASSWORD, hash)).isTrue();
    assertThat(HASHER.matches(new Secret("correct horsE"), hash)).isFalse();
    assertThat(HASHER.hash(PASSWORD)).isNotEqualTo(hash);
  }

  @Test
  void withoutAHashNothingMatches() {
    assertThat(HASHER.matches(PASSWORD, null)).isFalse();
    assertThat(HASHER.matches(new Secret(""), null)).isFalse();
  }

  @Test
  void aPasswordThatIsTooLongIsNeverHashedNorMatched() {
    Secret longest = new Secret("p".repeat(1_024));
    PasswordHash hash = HASHER.hash(longest);
    assertThat(HASHER.matches(longest, hash)).isTrue();
    assertThat(HASHER.matches(new Secret("p".repeat(1_025)), hash)).isFalse();
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> HASHER.hash(new Secret("p".repeat(1_025))));
  }

  @Test
  void aHashWithOtherParametersIsReadAndOneThatIsNoneIsAFailure() {
    PasswordHash weaker =
        new PasswordHash("$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + "A".repeat(43));
    assertThat(HASHER.matches(PASSWORD, weaker)).isFalse();
    Assertions.assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(() -> HASHER.matches(PASSWORD, new PasswordHash("plain")));
  }
}
