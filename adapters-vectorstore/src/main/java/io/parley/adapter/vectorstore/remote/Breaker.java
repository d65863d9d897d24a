package io.parley.adapter.vectorstore.remote;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps those who wait for a search from waiting for a store that does not answer anybody: after
 * some failures in a row it refuses for a while, and then lets one call find out.
 */
public final class Breaker {
  private static final int FAILURES = 5;
  private static final Duration OPEN = Duration.ofSeconds(5);

  private final String backend;
  private final LongSupplier nanos;
  private int failures;
  private long closesAt;

  public Breaker(String backend) {
    this(backend, System::nanoTime);
  }

  Breaker(String backend, LongSupplier nanos) {
    this.backend = backend;
    this.nanos = nanos;
  }

  /**
   * To be called before a call.
   *
   * @throws PortFailure {@code UNAVAILABLE} while nobody is let through
   */
  synchronized void require() {
    long now = nanos.getAsLong();
    if (failures >= FAILURES && now - closesAt < 0) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE,
          backend,
          backend + " did not answer the last calls. Try again in some seconds.",
          null,
          OPEN);
    }
    closesAt = now + OPEN.toNanos();
  }

  /** What became of a call, with all of its attempts. */
  synchronized void ended(boolean answered) {
    failures = answered ? 0 : Math.min(FAILURES, failures + 1);
  }
}
