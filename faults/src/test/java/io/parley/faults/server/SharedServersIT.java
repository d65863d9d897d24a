package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.faults.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code faults/run.sh servers 1000} and {@code faults/run.sh stopped 4}. */
class SharedServersIT {
  private static final int DOCUMENTS = 24;
  private static final Path TREE = Path.of("").toAbsolutePath().getParent();
  private static final Path REPORTS = Path.of("target", "faults");

  private final long seed = Long.getLong("parley.seed", System.nanoTime());

  @Test
  void serversThatShareDocumentsLoseNoneWhenOneIsKilledAndOneIsStoppedPastItsLeases(
      @TempDir Path directory) throws Exception {
    Path program =
        TREE.resolve("bootstrap").resolve("target").resolve("dist").resolve("parley.jar");
    assumeTrue(Files.exists(program), "the program is packaged");
    RunReport report = new RunReport("servers-short");

    new ServerRuns(TREE.resolve("parley"), directory, report, seed).killAndStop(DOCUMENTS);
    report.write(REPORTS);

    assertThat(report.violations()).as("seed %d", seed).isZero();
    assertThat(report.checks()).as("one for each server").isEqualTo(3);
    assertThat(report.counted("leases held by a stopped server")).isPositive();
    assertThat(report.counted("rows that a woken server could have changed")).isPositive();
    assertThat(report.counted("servers that ended in good order with status 0")).isEqualTo(3);
  }
}
