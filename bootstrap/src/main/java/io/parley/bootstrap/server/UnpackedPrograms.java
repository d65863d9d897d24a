package io.parley.bootstrap.server;

import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * PostgreSQL's programs and the embedding model's, unpacked when Parley is built, so that not each
 * new data directory has to unpack its own.
 */
public final class UnpackedPrograms {
  private static final String DIRECTORY = "parley.programs";

  private UnpackedPrograms() {}

  /** Unpacks them where the launcher says. */
  public static void unpack() throws IOException {
    if (directory().isPresent()) {
      EmbeddedDatabase.unpackPrograms(postgres().orElseThrow());
      OnnxEmbedder.unpackNativeCode(nativeCode().orElseThrow());
    }
  }

  static Optional<Path> postgres() {
    return directory().map(programs -> programs.resolve("postgres"));
  }

  static Optional<Path> nativeCode() {
    return directory().map(programs -> programs.resolve("native"));
  }

  private static Optional<Path> directory() {
    return Optional.ofNullable(System.getProperty(DIRECTORY)).map(Path::of);
  }
}
