package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start-up cache that the launcher had trained can be used. */
class AotCacheIT {
  @TempDir private Path directory;
  private Installed installed;

  @BeforeEach
  void install() {
    installed = Installed.in(directory.resolve("home"));
  }

  /** Without a cache it must not start at all, so that one that is passed over is noticed. */
  private Map<String, String> only(String flags) {
    return Map.of("PARLEY_JAVA_OPTS", installed.options("-XX:AOTMode=on " + flags));
  }

  @Test
  void theServerStartsFromTheCache() {
    try (RunningParley parley =
        RunningParley.start(installed, directory.resolve("data"), only(""))) {
      assertThat(parley.api().get("/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void aCacheThatCannotBeUsedIsNotPassedOver() throws IOException {
    Path damaged = directory.resolve("damaged.aot");
    Files.write(damaged, Arrays.copyOf(Files.readAllBytes(installed.startUpCache()), 100_000));
    Finished start = Finished.run(installed, only("-XX:AOTCache=" + damaged), "--version");
    assertThat(start.status()).as(start.err()).isNotZero();
  }
}
