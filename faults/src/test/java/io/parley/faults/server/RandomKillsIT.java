package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.faults.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code faults/run.sh random 200}. */
class RandomKillsIT {
  private static final int KILLS = 2;
  private static final Path TREE = Path.of("").toAbsolutePath().getParent();
  private static final Path REPORTS = Path.of("target", "faults");

  private final long seed = Long.getLong("parley.seed", System.nanoTime());

  @Test
  void nothingIsLostWhenTheServerIsKilledUnderLoad(@TempDir Path directory) throws Exception {
    Path program =
        TREE.resolve("bootstrap").resolve("target").resolve("dist").resolve("parley.jar");
    assumeTrue(Files.exists(program), "the program is packaged");
    RunReport report = new RunReport("random-short");

    new RandomKills(TREE.resolve("parley"), directory, REPORTS, report, seed).kill(KILLS);

    assertThat(report.counted("kills")).isEqualTo(KILLS);
    assertThat(report.checks()).isPositive();
    assertThat(report.violations()).as("seed %d", seed).isZero();
  }
}
