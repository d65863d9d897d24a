package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever stops it before it is ready leaves nothing running either. */
class StopAtStartIT {
  @TempDir private Path directory;

  @Test
  void aSignalWhileTheDatabaseComesUpIsASuccessAndLeavesNothingRunning() throws Exception {
    Installed installed = Installed.in(directory.resolve("home"));
    Path data = directory.resolve("data");
    File log = directory.resolve("log").toFile();
    Process process =
        installed
            .command(Map.of("PARLEY_DATA_DIR", data.toString(), "API_PORT", "0"))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    try {
      Await.until("the database begins to come up", () -> hasDatabase(data));
      process.destroy();
      assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
    Postmaster.requireNoneBelow(directory);
  }

  private static boolean hasDatabase(Path data) {
    return Files.exists(data.resolve("postgres").resolve("data").resolve("postmaster.pid"));
  }
}
