package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.User;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobId;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import io.parley.domain.port.persistence.Housekeeping;
import io.parley.domain.port.persistence.IdempotencyRepository.Claim;
import io.parley.domain.port.persistence.IndexFeed.Follower;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.RefreshTokenRepository.Spending;
import io.parley.domain.retrieval.LogPosition;
import io.parley.testkit.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Housekeeping} does. Nobody else may use the database under test. */
public abstract class HousekeepingContract {

  private static final Instant NOW = BotKnowledge.NOW;
  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int PLENTY = 1_000;

  /** The database under test. */
  protected abstract Persistence persistence();

  private Housekeeping housekeeping() {
    return persistence().housekeeping();
  }

  @BeforeEach
  void nothingIsOldYet() {
    for (Optional<Lease> left = claim(FAR); left.isPresent(); left = claim(FAR)) {
      persistence().jobs().complete(left.get(), FAR);
    }
    housekeeping().removeEndedJobs(FAR, PLENTY);
    housekeeping().removeExpiredAnswers(FAR, PLENTY);
    housekeeping().removeExpiredTokens(FAR, PLENTY);
    housekeeping().removeGoneFollowers(FAR, PLENTY);
  }

  private UUID follower(Instant seenAt) {
    UUID id = UUID.randomUUID();
    LogPosition position = new LogPosition(7, UUID.randomUUID());
    persistence().indexFeed().report(new Follower(id, "gone", true), position, seenAt);
    return id;
  }

  @Test
  void removesFollowersThatHaveGone() {
    UUID gone = follower(NOW.minusSeconds(1));
    UUID here = follower(NOW);

    assertThat(housekeeping().removeGoneFollowers(NOW, PLENTY)).isEqualTo(1);

    assertThat(persistence().indexFeed().positionOf(gone)).isEqualTo(LogPosition.START);
    assertThat(persistence().indexFeed().positionOf(here).position()).isEqualTo(7);
    follower(NOW.minusSeconds(2));
    follower(NOW.minusSeconds(3));
    assertThat(housekeeping().removeGoneFollowers(FAR, 2)).isEqualTo(2);
    assertThat(persistence().indexFeed().positionOf(here).position())
        .as("oldest first")
        .isEqualTo(7);
  }

  private static User registered(Persistence database) {
    User user = People.someone();
    database.users().register(user);
    return user;
  }

  private Optional<Lease> claim(Instant now) {
    return persistence().jobs().claim("worker", EnumSet.allOf(JobKind.class), MINUTE, now);
  }

  private static VersionRef version() {
    return new VersionRef(new SourceId(UUID.randomUUID()), 1);
  }

  private Job queued(VersionRef ref) {
    User owner = registered(persistence());
    Job job =
        new Job(
            new JobId(UUID.randomUUID()),
            JobKind.INGEST,
            owner.tenant(),
            owner.id(),
            new BotId(UUID.randomUUID()),
            ref.source(),
            ref.version(),
            null);
    persistence().jobs().add(job, NOW);
    return job;
  }

  private void failed(Instant at) {
    queued(version());
    persistence().jobs().fail(claim(NOW).orElseThrow(), "Broken.", at);
  }

  @Test
  void removesJobsThatEndedBefore() {
    failed(NOW);
    failed(NOW.plusSeconds(5));
    assertThat(housekeeping().removeEndedJobs(NOW, PLENTY)).isZero();
    assertThat(housekeeping().removeEndedJobs(NOW.plusSeconds(1), PLENTY)).isEqualTo(1);
    assertThat(housekeeping().removeEndedJobs(NOW.plusSeconds(1), PLENTY)).isZero();
    assertThat(housekeeping().removeEndedJobs(NOW.plusSeconds(6), PLENTY)).isEqualTo(1);
  }

  @Test
  void removesCancelledJobsToo() {
    VersionRef ref = version();
    Job job = queued(ref);
    persistence()
        .jobs()
        .cancel(Scopes.owned(job.tenant(), job.owner(), Objects.requireNonNull(job.bot())), ref);
    assertThat(housekeeping().removeEndedJobs(NOW, PLENTY)).isZero();
    assertThat(housekeeping().removeEndedJobs(FAR, PLENTY)).isEqualTo(1);
  }

  @Test
  void leavesJobsThatWaitOrRun() {
    queued(version());
    Lease running = claim(NOW).orElseThrow();
    queued(version());

    assertThat(housekeeping().removeEndedJobs(FAR, PLENTY)).isZero();

    assertThat(persistence().jobs().depth()).isEqualTo(2);
    assertThat(persistence().jobs().complete(running, NOW)).isTrue();
    assertThat(claim(NOW)).isPresent();
  }

  private Claim claim(UserScope scope, String key) {
    return persistence().idempotency().claim(scope, key, "same", NOW, NOW.plusSeconds(60));
  }

  @Test
  void removesAnswersThatHaveExpired() {
    UserScope scope = People.scope(registered(persistence()));
    claim(scope, "key");
    persistence().idempotency().keep(scope, "key", 201, "text/plain", "made");

    assertThat(housekeeping().removeExpiredAnswers(NOW.plusSeconds(60), PLENTY)).isZero();
    assertThat(claim(scope, "key")).isInstanceOf(Claim.Answered.class);
    assertThat(housekeeping().removeExpiredAnswers(NOW.plusSeconds(61), PLENTY)).isEqualTo(1);
    assertThat(claim(scope, "key")).isInstanceOf(Claim.First.class);
  }

  private String token(Instant expiresAt) {
    String hash = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    User user = registered(persistence());
    persistence()
        .refreshTokens()
        .add(new RefreshToken(UUID.randomUUID(), hash, user.id(), expiresAt));
    return hash;
  }

  @Test
  void removesTokensThatHaveExpired() {
    token(NOW);
    String good = token(NOW.plusSeconds(60));
    String spent = token(NOW.plusSeconds(60));
    persistence().refreshTokens().spend(spent, NOW);

    assertThat(housekeeping().removeExpiredTokens(NOW.plusSeconds(60), PLENTY)).isEqualTo(1);

    assertThat(persistence().refreshTokens().spend(good, NOW)).isInstanceOf(Spending.Spent.class);
    assertThat(persistence().refreshTokens().spend(spent, NOW)).isInstanceOf(Spending.Reused.class);
    assertThat(housekeeping().removeExpiredTokens(NOW.plusSeconds(61), PLENTY)).isEqualTo(2);
    assertThat(persistence().refreshTokens().spend(spent, NOW))
        .isInstanceOf(Spending.Invalid.class);
  }

  @Test
  void removesTheOldestFirstAndNoMoreThanTheLimit() {
    String newest = token(NOW.plusSeconds(2));
    token(NOW);
    token(NOW.plusSeconds(1));
    UserScope scope = People.scope(registered(persistence()));
    for (int i = 0; i < 3; i++) {
      failed(NOW);
      claim(scope, "key " + i);
    }

    assertThat(housekeeping().removeExpiredTokens(FAR, 2)).isEqualTo(2);
    assertThat(housekeeping().removeEndedJobs(FAR, 2)).isEqualTo(2);
    assertThat(housekeeping().removeExpiredAnswers(FAR, 2)).isEqualTo(2);

    assertThat(persistence().refreshTokens().spend(newest, NOW)).isInstanceOf(Spending.Spent.class);
    assertThat(housekeeping().removeExpiredTokens(FAR, 2)).isEqualTo(1);
    assertThat(housekeeping().removeEndedJobs(FAR, 2)).isEqualTo(1);
    assertThat(housekeeping().removeExpiredAnswers(FAR, 2)).isEqualTo(1);
  }

  @Test
  void removesEachRowOnceHoweverManyServersKeepHouse() {
    for (int i = 0; i < 20; i++) {
      token(NOW);
    }
    int removed =
        Together.run(4, () -> housekeeping().removeExpiredTokens(FAR, 10)).stream()
            .mapToInt(Integer::intValue)
            .sum();
    assertThat(removed + housekeeping().removeExpiredTokens(FAR, PLENTY)).isEqualTo(20);
  }
}
