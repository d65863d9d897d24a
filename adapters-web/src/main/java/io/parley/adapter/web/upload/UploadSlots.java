package io.parley.adapter.web.upload;

import io.parley.adapter.web.WebConfig;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** How many bodies with documents this server receives at the same time. */
@Singleton
public final class UploadSlots {
  private final Semaphore free;

  UploadSlots(WebConfig config) {
    this.free = new Semaphore(config.limits().concurrentUploads());
  }

  /** Receives one more body, or ends the request with 503 at once. */
  public <T> T within(Supplier<T> work) {
    if (!free.tryAcquire()) {
      throw Problem.later(
              ProblemKind.UNAVAILABLE,
              "This server is receiving as many uploads as it can. Try again in a few seconds.")
          .asException();
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
