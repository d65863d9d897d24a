package io.parley.adapter.ai.remote;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Does something in as many attempts as the limits allow, unless the vendor is left alone. */
final class RetryingCalls {
  private static final int FAILURES_IN_A_ROW = 6;
  private static final Duration REST = Duration.ofSeconds(15);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final long LOOK_MILLIS = 50;

  private final String backend;
  private final CallLimits limits;
  private final CircuitBreaker breaker;

  RetryingCalls(String backend, CallLimits limits) {
    this.backend = backend;
    this.limits = limits;
    this.breaker = new CircuitBreaker(backend, FAILURES_IN_A_ROW, REST, System::nanoTime);
  }

  /**
   * @param requireOpen asked before each attempt
   * @param mayRetry asked after a failure
   */
  <T> T call(
      Runnable requireOpen,
      BooleanSupplier mayRetry,
      BooleanSupplier cancelled,
      Function<Deadline, T> attempt) {
    Deadline deadline = Deadline.after(limits.total());
    for (int failures = 0; ; failures++) {
      requireOpen.run();
      breaker.requireClosed(); // out of the try: whoever is refused here is not to wait
      try {
        return attempted(attempt, deadline);
      } catch (PortFailure failure) {
        Duration pause = pause(failures, failure);
        if (failures >= limits.retries()
            || !isWorthRetrying(failure)
            || !mayRetry.getAsBoolean()
            || pause.compareTo(limits.longestPause()) > 0
            || pause.toNanos() >= deadline.left()) {
          throw failure;
        }
        sleep(pause, cancelled);
      }
    }
  }

  private <T> T attempted(Function<Deadline, T> attempt, Deadline deadline) {
    try {
      T result = attempt.apply(deadline);
      breaker.succeeded();
      return result;
    } catch (PortFailure failure) {
      breaker.failed(failure);
      throw failure;
    }
  }

  /** One that did not answer in time would only be kept busier. */
  private static boolean isWorthRetrying(PortFailure failure) {
    return switch (failure.kind()) {
      case UNAVAILABLE, RATE_LIMITED -> true;
      case TIMEOUT, CREDENTIALS_REJECTED, INVALID_CONFIGURATION, CORRUPT_DATA, STORAGE_FULL ->
          false;
    };
  }

  /** Doubles, by chance down to its half, so that callers who failed together part. */
  private static Duration pause(int failures, PortFailure failure) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << failures);
    long jitter = ThreadLocalRandom.current().nextLong(doubled.toMillis() / 2 + 1);
    return failure
        .retryAfter()
        .map(asked -> asked.plusMillis(jitter))
        .orElse(doubled.minusMillis(jitter));
  }

  private void sleep(Duration pause, BooleanSupplier cancelled) {
    Deadline end = Deadline.after(pause);
    while (!end.passed()) {
      if (cancelled.getAsBoolean()) {
        throw new CallCancelled();
      }
      try {
        Thread.sleep(Math.min(LOOK_MILLIS, end.left() / 1_000_000 + 1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PortFailure(
            Kind.UNAVAILABLE,
            backend,
            backend + " was not waited for: the program is stopping.",
            null);
      }
    }
  }
}
