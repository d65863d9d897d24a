package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The start-up cache can be made, and what was made can be used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AotCacheIT {
  private Path directory;
  private Installed installed;
  private Path cache;

  @BeforeAll
  void train(@TempDir Path temporary) {
    directory = temporary;
    installed = Installed.in(directory.resolve("home"));
    cache = directory.resolve("parley.aot");
    Finished training =
        Finished.run(
            installed,
            Map.of("PARLEY_JAVA_OPTS", installed.options("-XX:AOTCacheOutput=" + cache)),
            "train-aot");
    assertThat(training.status()).as(training.err()).isZero();
    assertThat(cache).isNotEmptyFile();
  }

  /** Without the cache it must not start at all, so that one that is passed over is noticed. */
  private Map<String, String> only(Path cache) {
    String flags = "-XX:AOTCache=" + cache + " -XX:AOTMode=on";
    return Map.of("PARLEY_JAVA_OPTS", installed.options(flags));
  }

  @Test
  void theServerStartsFromTheCache() {
    try (RunningParley parley =
        RunningParley.start(installed, directory.resolve("data"), only(cache))) {
      assertThat(parley.api().get("/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void aCacheThatCannotBeUsedIsNotPassedOver() throws IOException {
    Path damaged = directory.resolve("damaged.aot");
    Files.write(damaged, Arrays.copyOf(Files.readAllBytes(cache), 100_000));
    Finished start = Finished.run(installed, only(damaged), "--version");
    assertThat(start.status()).as(start.err()).isNotZero();
  }

  @Test
  void trainingLeavesNothingBehind() throws IOException {
    try (var left = Files.list(installed.temporary())) {
      assertThat(
              left.filter(Files::isDirectory)
                  .filter(f -> f.getFileName().toString().startsWith("parley-train")))
          .isEmpty();
    }
  }
}
