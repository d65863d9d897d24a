package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;

/** The start-up cache of the packaged program, trained once for all tests of a build. */
final class StartUpCache {
  private StartUpCache() {}

  /** Has it made by the launcher, unless it is there and as new as the program. */
  static synchronized void ensure(Installed installed, Path dist) throws IOException {
    Path lock = dist.resolveSibling("start-up-cache.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      if (!isCurrent(dist)) {
        train(installed, dist);
      }
    }
  }

  private static boolean isCurrent(Path dist) throws IOException {
    Path cache = dist.resolve("parley.aot");
    if (!Files.exists(cache)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(cache);
    try (Stream<Path> files = Files.walk(dist)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .allMatch(jar -> modified(jar).compareTo(made) <= 0);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void train(Installed installed, Path dist) {
    Finished training = Finished.run(installed, Map.of(), "train-aot");
    assertThat(training.status()).as(training.err()).isZero();
    assertThat(dist.resolve("parley.aot")).as(training.err()).isNotEmptyFile();
    assertThat(installed.home().resolve("target").resolve("training")).doesNotExist();
  }
}
