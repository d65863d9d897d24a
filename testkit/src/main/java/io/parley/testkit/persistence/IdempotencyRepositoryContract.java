package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.User;
import io.parley.domain.port.persistence.IdempotencyRepository;
import io.parley.domain.port.persistence.IdempotencyRepository.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link IdempotencyRepository} does. */
public abstract class IdempotencyRepositoryContract {

  private static final Instant NOW = People.JOINED;
  private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

  /** The ports under test. */
  protected abstract CorePorts ports();

  private IdempotencyRepository answers() {
    return ports().idempotency();
  }

  private UserScope someone() {
    User user = People.someone();
    ports().users().register(user);
    return People.scope(user);
  }

  private Claim claim(UserScope scope, String fingerprint, Instant now) {
    return answers().claim(scope, "key", fingerprint, now, TOMORROW);
  }

  @Test
  void givesTheFirstRequestTheKeyAndTheOthersItsAnswer() {
    UserScope scope = someone();
    assertThat(claim(scope, "f", NOW)).isEqualTo(new Claim.First());
    assertThat(claim(scope, "f", NOW)).isEqualTo(new Claim.Running());
    assertThat(claim(scope, "g", NOW)).isEqualTo(new Claim.Mismatch());
    answers().keep(scope, "key", 201, "application/json", "{\"id\":1}");
    assertThat(claim(scope, "f", NOW))
        .isEqualTo(new Claim.Answered(201, "application/json", "{\"id\":1}"));
    assertThat(claim(scope, "g", NOW)).isEqualTo(new Claim.Mismatch());
  }

  @Test
  void claimsForOneOfSeveralAtTheSameTime() {
    UserScope scope = someone();
    List<Claim> claims = Together.run(8, () -> claim(scope, "f", NOW));
    assertThat(claims).filteredOn(c -> c instanceof Claim.First).hasSize(1);
    assertThat(claims).filteredOn(c -> c instanceof Claim.Running).hasSize(7);
  }

  @Test
  void forgetsAReleasedClaim() {
    UserScope scope = someone();
    claim(scope, "f", NOW);
    answers().release(scope, "key");
    assertThat(claim(scope, "g", NOW)).isEqualTo(new Claim.First());
  }

  @Test
  void keepsAnAnswerThoughItIsReleasedLater() {
    UserScope scope = someone();
    claim(scope, "f", NOW);
    answers().keep(scope, "key", 200, "text/plain", "done");
    answers().release(scope, "key");
    assertThat(claim(scope, "f", NOW)).isEqualTo(new Claim.Answered(200, "text/plain", "done"));
  }

  @Test
  void forgetsAClaimThatHasRunForTenMinutes() {
    UserScope scope = someone();
    claim(scope, "f", NOW);
    assertThat(claim(scope, "f", NOW.plus(Duration.ofMinutes(9)))).isEqualTo(new Claim.Running());
    assertThat(claim(scope, "f", NOW.plus(Duration.ofMinutes(10)))).isEqualTo(new Claim.First());
  }

  @Test
  void forgetsAnAnswerWhenItExpires() {
    UserScope scope = someone();
    claim(scope, "f", NOW);
    answers().keep(scope, "key", 200, "text/plain", "done");
    assertThat(claim(scope, "f", TOMORROW.minusSeconds(1))).isInstanceOf(Claim.Answered.class);
    assertThat(claim(scope, "other", TOMORROW)).isEqualTo(new Claim.First());
  }

  @Test
  void keepsTheKeysOfUsersApart() {
    UserScope scope = someone();
    UserScope foreign = someone();
    claim(scope, "f", NOW);
    answers().keep(foreign, "key", 200, "text/plain", "foreign");
    answers().release(foreign, "key");
    assertThat(claim(foreign, "f", NOW)).isEqualTo(new Claim.First());
    assertThat(claim(scope, "f", NOW)).isEqualTo(new Claim.Running());
  }
}
