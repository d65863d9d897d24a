package io.parley.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BesideTest {

  @Test
  void theFirstIsWaitedForThoughTheSecondFails() {
    CountDownLatch failing = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    IllegalStateException failure = new IllegalStateException("planted");
    assertThatThrownBy(() ->
            Beside.run(
                "first",
                () -> {
                  await(failing);
                  sleep();
                  ended.set(true);
                },
                Duration.ofMinutes(1),
                () -> {
                  failing.countDown();
                  throw failure;
                }))
        .isSameAs(failure);
    assertThat(ended).isTrue();
  }

  @Test
  @Timeout(30)
  void aFirstThatDoesNotEndIsWaitedForNoLongerThanThat() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    Beside.run("first", () -> await(never), Duration.ofMillis(50), () -> done.set(true));
    assertThat(done).isTrue();
    never.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
