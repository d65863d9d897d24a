package io.parley.testkit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.domain.account.PasswordHash;
import io.parley.domain.port.Secret;
import io.parley.domain.port.security.PasswordHasher;
import org.junit.jupiter.api.Test;

/** What every {@link PasswordHasher} does. */
public abstract class PasswordHasherContract {
  private static final Secret PASSWORD = new Secret("correct horse Ü 馬 1871");

  /** The hasher under test. */
  protected abstract PasswordHasher hasher();

  @Test
  void onlyTheRightPasswordMatches() {
    PasswordHash hash = hasher().hash(PASSWORD);

    assertThat(hasher().matches(PASSWORD, hash)).isTrue();
    assertThat(hasher().matches(new Secret("correct horse Ü 馬 1872"), hash)).isFalse();
    assertThat(hasher().matches(new Secret("Correct horse Ü 馬 1871"), hash)).isFalse();
    assertThat(hasher().matches(new Secret(""), hash)).isFalse();
  }

  @Test
  void theSamePasswordIsSaltedAnewEachTime() {
    PasswordHash first = hasher().hash(PASSWORD);
    PasswordHash second = hasher().hash(PASSWORD);

    assertThat(second).isNotEqualTo(first);
    assertThat(hasher().matches(PASSWORD, first)).isTrue();
    assertThat(hasher().matches(PASSWORD, second)).isTrue();
  }

  @Test
  void withoutAHashNothingMatches() {
    assertThat(hasher().matches(PASSWORD, null)).isFalse();
    assertThat(hasher().matches(new Secret(""), null)).isFalse();
  }

  @Test
  void aPasswordThatIsTooLongIsNeverHashedNorMatched() {
    Secret longest = new Secret("p".repeat(PasswordHasher.LONGEST));
    Secret longer = new Secret("p".repeat(PasswordHasher.LONGEST + 1));
    PasswordHash hash = hasher().hash(longest);

    assertThat(hasher().matches(longest, hash)).isTrue();
    assertThat(hasher().matches(longer, hash)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> hasher().hash(longer));
  }
}
