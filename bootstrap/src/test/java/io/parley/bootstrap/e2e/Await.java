package io.parley.bootstrap.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Waits for what will come, with a patience that a busy machine does not exhaust. */
final class Await {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private Await() {}

  static void until(String what, Callable<Boolean> condition) {
    value(what, () -> condition.call() ? true : null);
  }

  /** The first value that is not null. */
  static <T> T value(String what, Callable<@Nullable T> source) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        T value = source.call();
        if (value != null) {
          return value;
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError("In " + PATIENCE + " there was no sign of " + what);
        }
        Thread.sleep(50);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(what, e);
      }
    }
  }
}
