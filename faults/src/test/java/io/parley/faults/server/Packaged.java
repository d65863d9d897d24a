package io.parley.faults.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The packaged program of this tree, and where what was found is kept. */
final class Packaged {
  static final Path REPORTS = Path.of("target", "faults");
  private static final Path TREE = Path.of("").toAbsolutePath().getParent();

  private Packaged() {}

  /** The launcher; the test is skipped when the program is not packaged. */
  static Path launcher() {
    Path program =
        TREE.resolve("bootstrap").resolve("target").resolve("dist").resolve("parley.jar");
    assumeTrue(Files.exists(program), "the program is packaged");
    return TREE.resolve("parley");
  }

  /** What is random in a test. */
  static long seed() {
    return Long.getLong("parley.seed", System.nanoTime());
  }
}
