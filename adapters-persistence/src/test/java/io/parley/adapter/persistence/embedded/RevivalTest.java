package io.parley.adapter.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RevivalTest {

  @Test
  @Timeout(30)
  void aStartThatDoesNotEndIsInterrupted() throws InterruptedException {
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Revival revival =
        new Revival(
            () -> true,
            () -> {
              starting.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return false;
            });
    revival.start();
    starting.await();
    revival.close();
    assertThat(interrupted.getCount()).isZero();
  }
}
