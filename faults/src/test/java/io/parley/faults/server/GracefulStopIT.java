package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code faults/run.sh stop 10}. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GracefulStopIT {
  private final long seed = Packaged.seed();

  @Test
  void aServerThatIsToldToStopFinishesWhatHasBegunAndHandsItsLeasesBack(@TempDir Path directory)
      throws Exception {
    RunReport report = new RunReport("stop-short");

    GracefulStop.run(Packaged.launcher(), directory, report, Patience.GENEROUS, seed, 1);
    report.write(Packaged.REPORTS);

    assertThat(report.violations()).as("seed %d", seed).isZero();
    assertThat(report.counted("stops with status 0")).isEqualTo(2);
    assertThat(report.counted("requests that ended well")).isEqualTo(6);
    assertThat(report.counted("jobs handed back or waiting")).isPositive();
  }
}
