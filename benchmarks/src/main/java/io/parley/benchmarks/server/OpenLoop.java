package io.parley.benchmarks.server;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Requests sent at their time whether or not earlier ones were answered. Each waits from the moment
 * when it should have been sent, so that a stall counts for everybody behind it.
 */
final class OpenLoop {
  private static final long MAX_MICROS = 60_000_000;

  private final Client client;
  private final Histogram micros = new ConcurrentHistogram(MAX_MICROS, 3);
  private final AtomicInteger failed = new AtomicInteger();

  private OpenLoop(Client client) {
    this.client = client;
  }

  /**
   * Sends and waits for all answers.
   *
   * @param request the n-th request
   */
  static OpenLoop run(
      Client client, int perSecond, int requests, IntFunction<HttpRequest> request) {
    OpenLoop loop = new OpenLoop(client);
    ConcurrentLinkedQueue<CompletableFuture<?>> answers = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    for (int i = 0; i < requests; i++) {
      long due = start + i * 1_000_000_000L / perSecond;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      answers.add(loop.send(request.apply(i), due));
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    return loop;
  }

  private CompletableFuture<?> send(HttpRequest request, long due) {
    return client
        .status(request)
        .handle((status, failure) -> {
          if (failure != null || status != 200) {
            failed.incrementAndGet();
          }
          micros.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - due) / 1_000));
          return true;
        });
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms  p90 %.1f  p99 %.1f  max %.1f; %d requests, %d failed",
        millis(50),
        millis(90),
        millis(99),
        millis(100),
        micros.getTotalCount(),
        failed.get());
  }

  private double millis(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1_000.0;
  }

  /** Refuses figures of a run in which something went wrong. */
  OpenLoop sound() throws IOException {
    if (failed.get() > 0) {
      throw new IOException("Not every request was answered with 200: " + this);
    }
    return this;
  }
}
