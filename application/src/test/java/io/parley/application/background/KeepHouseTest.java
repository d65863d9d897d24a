package io.parley.application.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.User;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobId;
import io.parley.domain.job.JobKind;
import io.parley.domain.port.persistence.IndexFeed.Follower;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.RefreshTokenRepository.Spending;
import io.parley.domain.retrieval.LogPosition;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.persistence.People;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KeepHouseTest {
  private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final Persistence database = new InMemoryPersistence();
  private final AtomicReference<Instant> clock = new AtomicReference<>(START);
  private final KeepHouse keepHouse = new KeepHouse(database.housekeeping(), clock::get);
  private final User user = registered();

  private User registered() {
    User somebody = People.someone();
    database.users().register(somebody);
    return somebody;
  }

  private void pass(Duration time) {
    clock.updateAndGet(now -> now.plus(time));
    while (keepHouse.doSome()) {
      // There is more of it.
    }
  }

  private void failAJob() {
    Job job =
        new Job(
            new JobId(UUID.randomUUID()),
            JobKind.INGEST,
            user.tenant(),
            user.id(),
            new BotId(UUID.randomUUID()),
            new SourceId(UUID.randomUUID()),
            1,
            null);
    database.jobs().add(job, clock.get());
    database
        .jobs()
        .claim("worker", EnumSet.allOf(JobKind.class), DAY, clock.get())
        .ifPresent(lease -> database.jobs().fail(lease, "Broken.", clock.get()));
  }

  /** How many ended jobs are left; removes them. */
  private int endedJobs() {
    return database.housekeeping().removeEndedJobs(Instant.MAX, 10_000);
  }

  private String token(int number, Instant expiresAt) {
    String hash = "%064d".formatted(number);
    database.refreshTokens().add(new RefreshToken(UUID.randomUUID(), hash, user.id(), expiresAt));
    return hash;
  }

  private boolean isKnown(String token) {
    database.refreshTokens().spend(token, START);
    return database.refreshTokens().spend(token, START) instanceof Spending.Reused;
  }

  @Test
  void keepsAJobThatFailedForSevenDays() {
    failAJob();
    pass(DAY.multipliedBy(7));
    assertThat(endedJobs()).isEqualTo(1);

    failAJob();
    pass(DAY.multipliedBy(7).plusSeconds(1));
    assertThat(endedJobs()).isZero();
  }

  @Test
  void keepsATokenForADayAfterItsEnd() {
    String ending = token(1, START);
    String later = token(2, START.plus(DAY));
    String afterIt = token(3, START.plus(DAY.multipliedBy(3)));
    pass(DAY.plusSeconds(1));
    assertThat(isKnown(later)).isTrue();
    assertThat(isKnown(afterIt)).isTrue();
    assertThat(isKnown(ending)).isFalse();
  }

  @Test
  void forgetsAnIndexThatHasNotReportedForSevenDays() {
    UUID gone = UUID.randomUUID();
    LogPosition position = new LogPosition(3, UUID.randomUUID());
    database.indexFeed().report(new Follower(gone, "gone", true), position, START);
    pass(DAY.multipliedBy(7));
    assertThat(database.indexFeed().positionOf(gone)).isEqualTo(position);
    pass(DAY);
    assertThat(database.indexFeed().positionOf(gone)).isEqualTo(LogPosition.START);
  }

  @Test
  void forgetsAnAnswerWhenItExpires() {
    database.idempotency().claim(People.scope(user), "key", "same", START, START.plus(DAY));
    pass(DAY);
    assertThat(database.housekeeping().removeExpiredAnswers(Instant.MAX, 9)).isEqualTo(1);

    database.idempotency().claim(People.scope(user), "key", "same", START, START.plus(DAY));
    pass(Duration.ofHours(1));
    assertThat(database.housekeeping().removeExpiredAnswers(Instant.MAX, 9)).isZero();
  }

  @Test
  void worksOnceAnHour() {
    token(1, START.minus(DAY.multipliedBy(2)));
    pass(Duration.ofSeconds(59));
    assertThat(tokens()).isEqualTo(1);

    token(1, START.minus(DAY.multipliedBy(2)));
    pass(Duration.ofSeconds(1));
    token(2, START.minus(DAY.multipliedBy(2)));
    pass(Duration.ofMinutes(59));
    assertThat(tokens()).isEqualTo(1);

    token(3, START.minus(DAY.multipliedBy(2)));
    pass(Duration.ofMinutes(1));
    assertThat(tokens()).isZero();
  }

  /** How many tokens are left; removes them. */
  private int tokens() {
    return database.housekeeping().removeExpiredTokens(Instant.MAX, 10_000);
  }

  @Test
  void goesOnUntilNothingOldIsLeft() {
    for (int i = 0; i < 1_201; i++) {
      token(i, START.minus(DAY.multipliedBy(2)));
    }
    pass(Duration.ofHours(1));
    assertThat(tokens()).isZero();
  }
}
