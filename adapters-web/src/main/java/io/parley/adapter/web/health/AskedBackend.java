package io.parley.adapter.web.health;

import io.parley.domain.port.PortFailure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A backend that was asked on a thread of its own and has yet to answer. */
record AskedBackend(
    String name, boolean needed, long since, FutureTask<ReadinessView.Backend> answering) {

  static AskedBackend ask(String name, boolean needed, Runnable check) {
    long since = System.nanoTime();
    FutureTask<ReadinessView.Backend> answering =
        new FutureTask<>(() -> backend(name, needed, since, reason(check)));
    Thread.ofVirtual().name("readiness-" + name).start(answering);
    return new AskedBackend(name, needed, since, answering);
  }

  /** What it said until then; a backend that is silent is down. */
  ReadinessView.Backend answer(long deadline) {
    try {
      return answering.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answering.cancel(true);
      return backend(name, needed, since, "It did not answer in time.");
    } catch (ExecutionException e) {
      return backend(name, needed, since, "It failed in an unexpected way.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return backend(name, needed, since, "The question was interrupted.");
    }
  }

  private static ReadinessView.Backend backend(
      String name, boolean needed, long since, @Nullable String reason) {
    double millis = Math.round((System.nanoTime() - since) / 10_000.0) / 100.0;
    String status = reason == null ? ReadinessView.Backend.UP : "down";
    return new ReadinessView.Backend(name, needed, status, millis, reason);
  }

  /** Why it cannot be worked with; null when it can. */
  static @Nullable String reason(Runnable check) {
    try {
      check.run();
      return null;
    } catch (PortFailure failure) {
      return failure.sentence();
    } catch (RuntimeException e) {
      return "It failed in an unexpected way.";
    }
  }
}
