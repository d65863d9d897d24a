package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Servers that stop badly are seen to be refused. */
class StopDemandsTest {
  private static final Duration SOON = Duration.ofMillis(5);

  private final RunReport report = new RunReport("planted");
  private final StopDemands demands = new StopDemands(report, Duration.ofSeconds(30));

  private void finished(Future<Boolean> request) throws InterruptedException {
    demands.finished(List.of(request), SOON);
  }

  @Test
  void aServerThatEndsInTimeAndFinishesWhatItHasBegunIsFine() throws Exception {
    demands.stopped(0, Duration.ofSeconds(12));
    finished(CompletableFuture.completedFuture(true));

    assertThat(report.violations()).isZero();
    assertThat(report.counted("requests that ended well")).isEqualTo(1);
  }

  @Test
  void aWrongStatusAndALateEndAreNoticed() {
    demands.stopped(1, Duration.ofSeconds(12));
    demands.stopped(0, Duration.ofSeconds(31));

    assertThat(report.violations()).isEqualTo(2);
    assertThat(report.found()).containsExactly("a server did not stop in good order");
  }

  @Test
  void aRequestThatIsRefusedIsNoticed() throws Exception {
    finished(CompletableFuture.completedFuture(false));
    assertThat(report.found()).containsExactly("a request was refused at the stop");
  }

  @Test
  void aRequestThatIsCutOffIsNoticed() throws Exception {
    finished(CompletableFuture.failedFuture(new IOException("EOF")));
    assertThat(report.found()).containsExactly("a request was cut off by the stop");
  }

  @Test
  void aRequestThatNeverEndsIsNoticed() throws Exception {
    finished(new CompletableFuture<>());
    assertThat(report.found()).containsExactly("a request did not end with the server");
  }
}
