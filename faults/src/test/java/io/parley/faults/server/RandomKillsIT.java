package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The short form of {@code faults/run.sh random 200}. */
@Execution(ExecutionMode.CONCURRENT)
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
