package io.parley.adapter.ai.remote;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spares a vendor that is down, and those who would wait for it: after several failures in a row
 * calls fail at once, but for one call now and then that finds out whether it is back.
 */
final class CircuitBreaker {
  private final String backend;
  private final int threshold;
  private final Duration rest;
  private final LongSupplier nanos;
  private int failures;
  private long closedAt;

  /**
   * @param threshold failures in a row that open it
   * @param rest how long it stays open before one call is let through
   */
  CircuitBreaker(String backend, int threshold, Duration rest, LongSupplier nanos) {
    this.backend = backend;
    this.threshold = threshold;
    this.rest = rest;
    this.nanos = nanos;
  }

  /**
   * @throws PortFailure {@code UNAVAILABLE} while it is open
   */
  synchronized void requireClosed() {
    if (failures < threshold) {
      return;
    }
    long left = closedAt - nanos.getAsLong();
    if (left > 0) {
      throw new PortFailure(
          Kind.UNAVAILABLE,
          backend,
          backend
              + " has failed several times in a row and is left alone for a while."
              + " Try again later.",
          null,
          Duration.ofNanos(left));
    }
    closedAt = nanos.getAsLong() + rest.toNanos(); // this caller finds out, the others wait
  }

  synchronized void succeeded() {
    failures = 0;
  }

  /** Counts a failure that says that the vendor is down; others show that it is there. */
  synchronized void failed(PortFailure failure) {
    switch (failure.kind()) {
      case UNAVAILABLE, TIMEOUT -> {
        failures++;
        closedAt = nanos.getAsLong() + rest.toNanos();
      }
      case RATE_LIMITED, CREDENTIALS_REJECTED, INVALID_CONFIGURATION, CORRUPT_DATA, STORAGE_FULL ->
          failures = 0;
    }
  }
}
