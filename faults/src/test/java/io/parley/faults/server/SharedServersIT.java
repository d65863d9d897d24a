package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code faults/run.sh servers 1000} and {@code faults/run.sh stopped 4}. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedServersIT {
  private static final int DOCUMENTS = 24;

  private final long seed = Packaged.seed();

  @Test
  void serversThatShareDocumentsLoseNoneWhenOneIsKilledAndOneIsStoppedPastItsLeases(
      @TempDir Path directory) throws Exception {
    RunReport report = new RunReport("servers-short");

    new ServerRuns(Packaged.launcher(), directory, report, seed).killAndStop(DOCUMENTS);
    report.write(Packaged.REPORTS);

    assertThat(report.violations()).as("seed %d", seed).isZero();
    assertThat(report.checks()).as("one for each server").isEqualTo(3);
    assertThat(report.counted("leases held by a stopped server")).isPositive();
    assertThat(report.counted("rows that a woken server could have changed")).isPositive();
    assertThat(report.counted("servers that ended in good order with status 0")).isEqualTo(3);
  }
}
