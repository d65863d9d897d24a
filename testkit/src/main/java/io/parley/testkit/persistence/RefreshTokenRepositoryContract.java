package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.RefreshTokenRepository;
import io.parley.domain.port.persistence.RefreshTokenRepository.Spending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link RefreshTokenRepository} does. */
public abstract class RefreshTokenRepositoryContract {

  private static final Instant NOW = People.JOINED;

  /** The ports under test. */
  protected abstract CorePorts ports();

  private RefreshTokenRepository tokens() {
    return ports().refreshTokens();
  }

  private UserId someone() {
    User user = People.someone();
    ports().users().register(user);
    return user.id();
  }

  private RefreshToken add(UserId user, UUID family) {
    String hash = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    RefreshToken token = new RefreshToken(family, hash, user, NOW.plus(Duration.ofDays(1)));
    tokens().add(token);
    return token;
  }

  @Test
  void spendsOnceAndRevokesTheFamilyOnReuse() {
    UserId user = someone();
    RefreshToken first = add(user, UUID.randomUUID());
    RefreshToken second = add(user, first.family());
    assertThat(tokens().spend(first.hash(), NOW))
        .isEqualTo(new Spending.Spent(first.family(), user));
    assertThat(tokens().spend(first.hash(), NOW)).isEqualTo(new Spending.Reused());
    assertThat(tokens().spend(second.hash(), NOW)).isEqualTo(new Spending.Invalid());
  }

  @Test
  void spendsForOneOfSeveralAtTheSameTime() {
    RefreshToken token = add(someone(), UUID.randomUUID());
    List<Spending> spendings = Together.run(8, () -> tokens().spend(token.hash(), NOW));
    assertThat(spendings).filteredOn(s -> s instanceof Spending.Spent).hasSize(1);
    assertThat(spendings).filteredOn(s -> s instanceof Spending.Reused).hasSize(7);
  }

  @Test
  void refusesUnknownAndExpiredOnes() {
    RefreshToken token = add(someone(), UUID.randomUUID());
    assertThat(tokens().spend("0".repeat(64), NOW)).isEqualTo(new Spending.Invalid());
    assertThat(tokens().spend(token.hash(), token.expiresAt())).isEqualTo(new Spending.Invalid());
  }

  @Test
  void revokesAFamilyAndNoOther() {
    UserId user = someone();
    RefreshToken revoked = add(user, UUID.randomUUID());
    RefreshToken other = add(user, UUID.randomUUID());
    tokens().revokeFamilyOf(revoked.hash());
    tokens().revokeFamilyOf("0".repeat(64));
    assertThat(tokens().spend(revoked.hash(), NOW)).isEqualTo(new Spending.Invalid());
    assertThat(tokens().spend(other.hash(), NOW)).isInstanceOf(Spending.Spent.class);
  }

  @Test
  void revokesWhatIsAddedToARevokedFamily() {
    UserId user = someone();
    RefreshToken first = add(user, UUID.randomUUID());
    tokens().revokeFamilyOf(first.hash());
    RefreshToken late = add(user, first.family());
    assertThat(tokens().spend(late.hash(), NOW)).isEqualTo(new Spending.Invalid());
  }

  @Test
  void revokesAllOfAUserAndOfNobodyElse() {
    UserId user = someone();
    RefreshToken one = add(user, UUID.randomUUID());
    RefreshToken two = add(user, UUID.randomUUID());
    RefreshToken foreign = add(someone(), UUID.randomUUID());
    tokens().revokeAll(user);
    assertThat(tokens().spend(one.hash(), NOW)).isEqualTo(new Spending.Invalid());
    assertThat(tokens().spend(two.hash(), NOW)).isEqualTo(new Spending.Invalid());
    assertThat(tokens().spend(foreign.hash(), NOW)).isInstanceOf(Spending.Spent.class);
  }

  @Test
  void refusesATokenOfNobody() {
    assertThatThrownBy(() -> add(new UserId(UUID.randomUUID()), UUID.randomUUID()))
        .isInstanceOfSatisfying(
            PortFailure.class, e -> assertThat(e.kind()).isEqualTo(PortFailure.Kind.CORRUPT_DATA));
  }
}
