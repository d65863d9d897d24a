package io.parley.bootstrap.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program as somebody has it who unpacked it: the launcher, and what was packaged. It sees
 * neither the settings of whoever runs the tests nor the sources.
 */
final class Installed {
  private static final Path TREE = Path.of("").toAbsolutePath().getParent();

  private final Path home;
  private final Path temporary;

  private Installed(Path home) {
    this.home = home;
    this.temporary = home.resolve("tmp");
  }

  /** Lays it out in an empty directory. */
  static Installed in(Path home) {
    Path dist = Path.of("target", "dist").toAbsolutePath();
    if (!Files.exists(dist.resolve("parley.jar"))) {
      throw new IllegalStateException("Package the program first: " + dist + " lacks parley.jar");
    }
    try {
      Files.createDirectories(home.resolve("tmp"));
      Files.createDirectories(home.resolve("bootstrap").resolve("target"));
      Files.createSymbolicLink(home.resolve("bootstrap").resolve("target").resolve("dist"), dist);
      Files.copy(
          TREE.resolve("parley"), home.resolve("parley"), StandardCopyOption.COPY_ATTRIBUTES);
      Installed installed = new Installed(home.toRealPath());
      StartUpCache.ensure(installed, dist);
      return installed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path home() {
    return home;
  }

  Path startUpCache() {
    return home.resolve("bootstrap/target/dist/parley.aot");
  }

  /** Where the program keeps what is temporary. */
  Path temporary() {
    return temporary;
  }

  /**
   * A command line of it, not started yet. Nothing that tests start lives long enough to earn back
   * what the second compiler costs.
   */
  ProcessBuilder command(Map<String, String> settings, String... arguments) {
    List<String> words = new ArrayList<>(List.of(home.resolve("parley").toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "HOME", "LANG"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PARLEY_JAVA_OPTS", options(""));
    environment.putAll(settings);
    return builder;
  }

  /** What is to be in {@code PARLEY_JAVA_OPTS}, with more behind it. */
  String options(String more) {
    return "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + temporary + " " + more;
  }
}
