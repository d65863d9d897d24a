package io.parley.application.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BackgroundLoopTest {

  @Test
  void aLoopOutlivesFailuresAndErrors() throws InterruptedException {
    WorkSignal signal = new WorkSignal();
    AtomicInteger calls = new AtomicInteger();
    try (BackgroundLoop loop = new BackgroundLoop("test", signal, () -> fail(calls))) {
      loop.start();
      for (int i = 1; i <= 3; i++) {
        int expected = i;
        Bench.until(() -> calls.get() >= expected);
        signal.raise();
      }
      Bench.until(() -> calls.get() >= 4);
    }
    int ended = calls.get();
    signal.raise();
    assertThat(calls).hasValue(ended);
  }

  @Test
  @Timeout(30)
  void whoeverIsInterruptedWhileClosingInterruptsAllLoops() throws InterruptedException {
    CountDownLatch working = new CountDownLatch(2);
    CountDownLatch interrupted = new CountDownLatch(2);
    List<BackgroundLoop> loops =
        List.of(stuck("one", working, interrupted), stuck("two", working, interrupted));
    loops.forEach(BackgroundLoop::start);
    working.await();
    Thread.currentThread().interrupt();

    BackgroundLoop.closeTogether(loops);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  private static BackgroundLoop stuck(
      String name, CountDownLatch working, CountDownLatch interrupted) {
    return new BackgroundLoop(
        name,
        new WorkSignal(),
        () -> {
          working.countDown();
          try {
            Thread.sleep(Duration.ofHours(1));
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return false;
        });
  }

  private static boolean fail(AtomicInteger calls) {
    switch (calls.incrementAndGet()) {
      case 1 -> throw new StackOverflowError("planted");
      case 2 -> throw new NoClassDefFoundError("planted");
      default -> throw new IllegalStateException("planted");
    }
  }
}
