package io.parley.application.background;

import io.parley.domain.port.persistence.Housekeeping;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;

/**
 * Removes, every hour and in small steps, what nobody asks for any more: ended jobs after seven
 * days, answers to repeated requests when they expire, refresh tokens a day after that, indexes
 * that have not reported for seven days from the list of followers, embeddings of models that no
 * generation has any more. The first time is a minute after the start.
 */
public final class KeepHouse implements AutoCloseable {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration JOBS_KEPT = Duration.ofDays(7);
  private static final Duration TOKENS_KEPT = Duration.ofDays(1);
  private static final Duration FOLLOWERS_KEPT = Duration.ofDays(7);
  private static final int AT_ONCE = 500;

  private final Housekeeping housekeeping;
  private final InstantSource clock;
  private final BackgroundLoop loop;
  private Instant next;

  public KeepHouse(Housekeeping housekeeping, InstantSource clock) {
    this.housekeeping = housekeeping;
    this.clock = clock;
    this.next = clock.instant().plus(FIRST);
    this.loop = new BackgroundLoop("housekeeping", new WorkSignal(), this::doSome);
  }

  public void start() {
    loop.start();
  }

  /** One step, when it is time; false when there is nothing more to do for now. */
  boolean doSome() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return false;
    }
    if (removeSome(now)) {
      return true;
    }
    next = now.plus(EVERY);
    return false;
  }

  private boolean removeSome(Instant now) {
    int jobs = housekeeping.removeEndedJobs(now.minus(JOBS_KEPT), AT_ONCE);
    int answers = housekeeping.removeExpiredAnswers(now, AT_ONCE);
    int tokens = housekeeping.removeExpiredTokens(now.minus(TOKENS_KEPT), AT_ONCE);
    int followers = housekeeping.removeGoneFollowers(now.minus(FOLLOWERS_KEPT), AT_ONCE);
    int embeddings = housekeeping.removeUnusedEmbeddings(AT_ONCE);
    return Stream.of(jobs, answers, tokens, followers, embeddings)
        .anyMatch(removed -> removed == AT_ONCE);
  }

  @Override
  public void close() {
    loop.close();
  }
}
