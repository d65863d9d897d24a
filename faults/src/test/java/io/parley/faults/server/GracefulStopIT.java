package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The short form of {@code faults/run.sh stop 10}. */
@Execution(ExecutionMode.CONCURRENT)
class GracefulStopIT {
  private final long seed = Packaged.seed();

  @Test
  void aServerThatIsToldToStopFinishesWhatHasBegunAndHandsItsLeasesBack(@TempDir Path directory)
      throws Exception {
    RunReport report = new RunReport("stop-short");

    GracefulStop.run(Packaged.launcher(), directory, report, seed, 1);
    report.write(Packaged.REPORTS);

    assertThat(report.violations()).as("seed %d", seed).isZero();
    assertThat(report.counted("stops with status 0")).isEqualTo(1);
    assertThat(report.counted("requests that ended well")).isEqualTo(6);
    assertThat(report.counted("jobs handed back or waiting")).isPositive();
  }
}
