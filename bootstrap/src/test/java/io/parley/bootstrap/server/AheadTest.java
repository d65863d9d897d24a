package io.parley.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AheadTest {

  @Test
  void givesWhatWasOpened() {
    AutoCloseable part = () -> {};
    assertThat(Ahead.of("part", () -> part).get()).isSameAs(part);
  }

  @Test
  void failsAsTheOpeningFailed() {
    IllegalArgumentException failure = new IllegalArgumentException("no");
    Ahead<AutoCloseable> ahead =
        Ahead.of(
            "part",
            () -> {
              throw failure;
            });
    assertThatThrownBy(ahead::get).isSameAs(failure);
    ahead.close();
  }

  @Test
  void closesWhatIsStillBeingOpened() {
    CountDownLatch may = new CountDownLatch(1);
    AtomicBoolean closed = new AtomicBoolean();
    Ahead<AutoCloseable> ahead =
        Ahead.of(
            "part",
            () -> {
              may.await();
              return () -> closed.set(true);
            });
    may.countDown();
    ahead.close();
    assertThat(closed).isTrue();
  }
}
