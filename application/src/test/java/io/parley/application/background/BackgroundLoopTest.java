package io.parley.application.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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

  private static boolean fail(AtomicInteger calls) {
    switch (calls.incrementAndGet()) {
      case 1 -> throw new StackOverflowError("planted");
      case 2 -> throw new NoClassDefFoundError("planted");
      default -> throw new IllegalStateException("planted");
    }
  }
}
