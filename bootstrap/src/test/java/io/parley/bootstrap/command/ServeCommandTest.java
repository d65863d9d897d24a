package io.parley.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ServeCommandTest {
  private static int status(AutoCloseable server) {
    return ServeCommand.closed(CompletableFuture.completedFuture(server));
  }

  @Test
  void theStatusSaysWhetherAllWasClosed() {
    assertThat(status(() -> {})).isZero();
    assertThat(
            status(() -> {
              throw new IllegalStateException("planted");
            }))
        .isEqualTo(1);
  }

  @Test
  void aStartThatFailedIsNothingToStop() {
    assertThat(
            ServeCommand.closed(
                CompletableFuture.failedFuture(new IllegalStateException("planted"))))
        .isZero();
  }
}
