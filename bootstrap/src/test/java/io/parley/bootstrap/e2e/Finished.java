package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that has come to its end. */
record Finished(int status, String out, String err) {
  private static final String SPEAKER = "parley: ";

  /** Runs a command line of the program, away from any terminal. */
  static Finished run(Installed installed, Map<String, String> settings, String... arguments) {
    return run(installed.home(), installed.command(settings, arguments));
  }

  static Finished run(Path directory, ProcessBuilder command) {
    try {
      Path out = Files.createTempFile(directory, "command-", ".out");
      Path err = Files.createTempFile(directory, "command-", ".err");
      Process process = command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "It does not end: " + Files.readString(out) + Files.readString(err));
      }
      return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one line in which it says why it did not do its work. */
  String complaint() {
    assertThat(status).as(err).isEqualTo(1);
    assertThat(err).doesNotContain("\tat ", "Exception");
    List<String> said = err.lines().filter(line -> line.startsWith(SPEAKER)).toList();
    assertThat(said).as(err).hasSize(1);
    assertThat(out).isEmpty();
    return said.getFirst();
  }
}
