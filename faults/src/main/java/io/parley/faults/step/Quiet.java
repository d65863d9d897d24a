package io.parley.faults.step;

import io.parley.faults.check.StoreCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Waits until the work is done. When nothing happens for a while, the clock moves on: somebody
 * waits for a lease to expire or for the time of another try.
 */
final class Quiet {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration STALLED = Duration.ofMillis(2_500);
  private static final long LOOK_AGAIN_MILLIS = 15;

  /** One for vectors, one for words. */
  private static final int FOLLOWERS = 2;

  private final Connection database;
  private final ShiftedClock clock;

  Quiet(Connection database, ShiftedClock clock) {
    this.database = database;
    this.clock = clock;
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
      if (now - begin > PATIENCE.toNanos()) {
        return false;
      }
      if (now - moved > STALLED.toNanos()) {
        clock.moveOn();
        moved = now;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    return true;
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
