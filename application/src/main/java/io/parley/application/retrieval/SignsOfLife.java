package io.parley.application.retrieval;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a follower lives while its index takes long over a change. */
final class SignsOfLife {
  private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);

  private final String name;
  private final Duration every;
  private final BooleanSupplier sign;

  /**
   * @param sign gives one sign, on a thread of its own; false when no further one is wanted
   */
  SignsOfLife(String name, Duration every, BooleanSupplier sign) {
    this.name = name;
    this.every = every;
    this.sign = sign;
  }

  /** Does the work; no sign is given any more when it returns. */
  void during(Runnable work) {
    CountDownLatch done = new CountDownLatch(1);
    Thread signs = Thread.ofVirtual().name("signs-" + name).start(() -> until(done));
    try {
      work.run();
    } finally {
      done.countDown();
      join(signs);
    }
  }

  private void until(CountDownLatch done) {
    try {
      boolean wanted = true;
      while (wanted && !done.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
        wanted = given();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The database may be back for the next one. */
  private boolean given() {
    try {
      return sign.getAsBoolean();
    } catch (PortFailure e) {
      LOG.debug("index {}: no sign of life could be given: {}", name, e.sentence());
      return true;
    }
  }

  /** A late sign would take the position back; an interrupt is kept for later. */
  private static void join(Thread signs) {
    boolean interrupted = false;
    while (signs.isAlive()) {
      try {
        signs.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
