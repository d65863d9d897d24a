package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** The packaged program of this tree, and where what was found is kept. */
final class Packaged {
  static final Path REPORTS = Path.of("target", "faults");
  private static final Path TREE = Path.of("").toAbsolutePath().getParent();

  private Packaged() {}

  /** The launcher of the program, which the suite packages before. */
  static Path launcher() {
    Path program =
        TREE.resolve("bootstrap").resolve("target").resolve("dist").resolve("parley.jar");
    assertThat(program).as("the program, to be packaged before").exists();
    return TREE.resolve("parley");
  }

  /** What is random in a test. */
  static long seed() {
    return Long.getLong("parley.seed", System.nanoTime());
  }
}
