package io.parley.faults.step;

import io.parley.application.Parley;
import io.parley.faults.check.StoreCheck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the work is done. When all that is left waits for its time, the clock moves there;
 * when nothing at all happens for a while, it moves on further: somebody waits for a lease to
 * expire.
 */
final class Quiet {
  private static final Duration STALLED = Duration.ofMillis(1_500);
  private static final long LOOK_AGAIN_MILLIS = 10;

  /** One for vectors, one for words. */
  private static final int FOLLOWERS = 2;

  /** When the next job is due, if none is being done and no index has something to read. */
  private static final String NEXT =
      """
      select min(not_before) from jobs where state = 'queued'
      and not exists (select from jobs where state = 'running')
      and (select count(*) from followers where position = (select position from change_log_head)) >= ?
      """;

  private final Connection database;
  private final ShiftedClock clock;
  private final Parley parley;
  private final Duration patience;

  /**
   * @param patience after which work that has not ended is stuck
   */
  Quiet(Connection database, ShiftedClock clock, Parley parley, Duration patience) {
    this.database = database;
    this.clock = clock;
    this.parley = parley;
    this.patience = patience;
  }

  /** False when it does not come. */
  boolean await() throws SQLException, InterruptedException {
    return await(() -> StoreCheck.isQuiet(database, FOLLOWERS));
  }

  /** False when it does not come true. */
  boolean await(Callable<Boolean> condition) throws InterruptedException {
    long begin = System.nanoTime();
    long moved = begin;
    while (!holds(condition)) {
      long now = System.nanoTime();
      if (now - begin > patience.toNanos()) {
        return false;
      }
      if (jumped()) {
        moved = now;
      } else if (now - moved > STALLED.toNanos()) {
        clock.moveOn();
        parley.wake();
        moved = now;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    return true;
  }

  /** To the time at which the next job is due, when that is all that is waited for. */
  private boolean jumped() {
    Instant now = clock.instant();
    Optional<Duration> left =
        holds(this::next).map(due -> Duration.between(now, due)).filter(Duration::isPositive);
    left.ifPresent(by -> {
      clock.moveOn(by);
      parley.wake();
    });
    return left.isPresent();
  }

  private Optional<Instant> next() throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(NEXT)) {
      statement.setInt(1, FOLLOWERS);
      try (ResultSet row = statement.executeQuery()) {
        @Nullable OffsetDateTime due = row.next() ? row.getObject(1, OffsetDateTime.class) : null;
        return Optional.ofNullable(due).map(OffsetDateTime::toInstant);
      }
    }
  }

  private static <T> T holds(Callable<T> condition) {
    try {
      return condition.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
