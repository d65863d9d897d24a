package io.parley.faults.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.Database;
import io.parley.faults.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code faults/run.sh steps 2000} and {@code faults/run.sh erase 1000}. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StepKillsIT {
  private static final int KILLS = 4;
  private static final int ERASURES = 10;
  private static final Path REPORTS = Path.of("target", "faults");

  private final long seed = Long.getLong("parley.seed", System.nanoTime());
  @TempDir Path directory;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.start(directory.resolve("database"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private StepKills kills(RunReport report) {
    return new StepKills(database, directory, REPORTS, report, seed, List.of());
  }

  @Test
  void nothingIsLostWhereverTheProcessIsHalted() throws Exception {
    RunReport report = new RunReport("steps-short");
    kills(report).kill(KILLS, 2);

    assertThat(report.counted("kills")).isGreaterThanOrEqualTo(KILLS);
    assertThat(report.checks()).isGreaterThan(KILLS);
    assertThat(report.counted("answered")).isPositive();
    assertThat(report.violations()).as("seed %d", seed).isZero();
  }

  @Test
  void nothingThatWasErasedComesBackWhateverFails() throws Exception {
    RunReport report = new RunReport("erase-short");
    kills(report).erase(ERASURES, 1);

    assertThat(report.counted("documents erased")).isGreaterThanOrEqualTo(ERASURES);
    assertThat(report.violations()).as("seed %d", seed).isZero();
  }
}
