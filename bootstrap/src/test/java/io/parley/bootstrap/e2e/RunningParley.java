package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server in a process of its own. */
final class RunningParley implements AutoCloseable {
  private static final Pattern API = Pattern.compile("API {10}(http://\\S+)/api/v1\n");
  private static final Pattern SETUP_CODE = Pattern.compile("Set-up code {2}(\\S+)");
  private static final int TERMINATED_WELL = 0;

  private final Process process;
  private final Path log;
  private final URI uri;

  private RunningParley(Process process, Path log, URI uri) {
    this.process = process;
    this.log = log;
    this.uri = uri;
  }

  /** Starts it on any free port, and waits until it answers. */
  static RunningParley start(Installed installed, Path data, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.putIfAbsent("API_PORT", "0");
    settings.put("PARLEY_DATA_DIR", data.toString());
    settings.putIfAbsent("PARLEY_RATE_LIMIT", "0");
    try {
      Path log = Files.createTempFile(installed.home(), "server-", ".log");
      Process process =
          installed
              .command(settings)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new RunningParley(process, log, awaitAddress(process, log)).awaitHealth();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI awaitAddress(Process process, Path log) {
    return Await.value(
        "the server's address",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("It ended with " + process.exitValue() + ": " + read(log));
          }
          Matcher announced = API.matcher(read(log));
          return announced.find() ? URI.create(announced.group(1)) : null;
        });
  }

  private RunningParley awaitHealth() {
    Await.until("/health", () -> api().get("/health").status() == 200);
    return this;
  }

  /** A caller without a credential. */
  Api api() {
    return new Api(uri, null);
  }

  URI uri() {
    return uri;
  }

  /** The code that the server printed when it started. */
  String setupCode() {
    Matcher code = SETUP_CODE.matcher(log());
    assertThat(code.find()).as("a set-up code in the log").isTrue();
    return code.group(1);
  }

  /** Everything that it said. */
  String log() {
    return read(log);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}, as a power cut does it. */
  void kill() {
    process.destroyForcibly();
    end();
  }

  /** SIGTERM; what it ends with. */
  int stop() {
    process.destroy();
    return end();
  }

  private int end() {
    try {
      assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("the server ends when it is told to")
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops it, and fails when that is no success. */
  @Override
  public void close() {
    if (process.isAlive()) {
      assertThat(stop()).as("exit status after SIGTERM; log: %s", log()).isEqualTo(TERMINATED_WELL);
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
