package io.parley.adapter.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AskedBackendTest {

  @Test
  void backendsAreAskedSideBySide() {
    CyclicBarrier both = new CyclicBarrier(2);
    AskedBackend one = AskedBackend.ask("one", true, () -> meet(both));
    AskedBackend two = AskedBackend.ask("two", true, () -> meet(both));
    long deadline = System.nanoTime() + 30_000_000_000L;

    assertThat(one.answer(deadline).isUp()).isTrue();
    assertThat(two.answer(deadline).isUp()).isTrue();
  }

  @Test
  void aBackendThatHangsIsDownAndIsNotWaitedFor() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    AskedBackend hanging =
        AskedBackend.ask(
            "hanging",
            true,
            () -> {
              asked.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                ended.countDown();
              }
            });
    asked.await(); // one that was cancelled before its thread ran would never be interrupted

    ReadinessView.Backend said = hanging.answer(System.nanoTime());

    assertThat(said.isUp()).isFalse();
    assertThat(said.reason()).contains("in time");
    ended.await();
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
