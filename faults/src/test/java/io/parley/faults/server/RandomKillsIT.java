package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code faults/run.sh random 200}. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RandomKillsIT {
  private static final int KILLS = 2;

  private final long seed = Packaged.seed();

  @Test
  void nothingIsLostWhenTheServerIsKilledUnderLoad(@TempDir Path directory) throws Exception {
    RunReport report = new RunReport("random-short");

    new RandomKills(Packaged.launcher(), directory, Packaged.REPORTS, report, seed).kill(KILLS);

    assertThat(report.counted("kills")).isEqualTo(KILLS);
    assertThat(report.counted("good answers")).isPositive();
    assertThat(report.checks()).isPositive();
    assertThat(report.violations()).as("seed %d", seed).isZero();
  }
}
