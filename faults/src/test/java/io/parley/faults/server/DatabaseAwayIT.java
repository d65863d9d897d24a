package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code faults/run.sh away 5}. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatabaseAwayIT {
  private static final Duration AWAY = Duration.ofSeconds(1);

  private final long seed = Packaged.seed();

  @Test
  void aDatabaseThatIsAwayIsSaidAndAllGoesOnByItselfWhenItIsBack(@TempDir Path directory)
      throws Exception {
    RunReport report = new RunReport("away-short");

    new DatabaseAway(Packaged.launcher(), directory, report, Patience.GENEROUS, seed)
        .embedded(1, AWAY);
    report.write(Packaged.REPORTS);

    assertThat(report.violations()).as("seed %d", seed).isZero();
    assertThat(report.checks()).isEqualTo(1);
    assertThat(report.counted("answers 503 that say when to come back")).isPositive();
    assertThat(report.counted("absences: killed")).isEqualTo(1);
    assertThat(report.counted("absences: out of connections")).isEqualTo(1);
  }
}
