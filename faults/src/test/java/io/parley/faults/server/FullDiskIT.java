package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.faults.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code faults/run.sh full 3}. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullDiskIT {
  private static final Duration FULL = Duration.ofSeconds(3);

  private final long seed = Packaged.seed();

  @Test
  void aFullDiskIsSaidAndAllGoesOnByItselfWhenThereIsSpaceAgain(@TempDir Path directory)
      throws Exception {
    Path launcher = Packaged.launcher();
    assumeTrue(FullDisk.isPossible(directory), "a file system can be mounted here, as by root");
    RunReport report = new RunReport("full-short");

    new FullDisk(launcher, directory, report, Patience.GENEROUS, seed).everything(1, FULL);
    report.write(Packaged.REPORTS);

    assertThat(report.violations()).as("seed %d", seed).isZero();
    assertThat(report.checks()).isEqualTo(1);
  }
}
