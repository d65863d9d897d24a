package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work stops the start with one line that a person can act on. */
class RefusedStartIT {
  @TempDir private Path directory;
  private Installed installed;

  @BeforeEach
  void layOut() {
    installed = Installed.in(directory.resolve("home"));
  }

  private Finished start(String setting, String value) {
    Map<String, String> settings = new HashMap<>();
    settings.put("PARLEY_DATA_DIR", directory.resolve("data").toString());
    settings.put("API_PORT", "0");
    settings.put(setting, value);
    return Finished.run(installed, settings);
  }

  @ParameterizedTest
  @CsvSource({
    "API_PORT, eighty",
    "PARLEY_CHUNK_SIZE, 7",
    "ENVIRONMENT, moon",
    "DATABASE_URL, sqlite:///parley.db",
    "PARLEY_VECTOR_STORE, shoebox",
    "REDIS_URL, localhost:6379",
    "CORS_ORIGINS, everywhere",
    "PARLEY_DATA_DIR, /proc/parley",
    "PARLEY_SIGNING_KEY_FILE, /nowhere/to/be/found"
  })
  void aWrongSettingIsNamed(String setting, String value) {
    assertThat(start(setting, value).complaint()).contains(setting.replace("_FILE", ""));
  }

  @Test
  void aTakenPortIsNamedAndNothingIsLeftRunning() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(start("API_PORT", port).complaint()).contains(port).contains("API_PORT");
    }
    Postmaster.requireNoneBelow(directory);
  }
}
