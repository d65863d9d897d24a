package io.parley.bootstrap.server;

import io.parley.domain.retrieval.GenerationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Where things lie in the data directory. */
record DataDirectory(Path root) {

  Path vectors(GenerationId generation) {
    return allVectors().resolve(generation.toString());
  }

  /** A directory a generation. */
  Path allVectors() {
    return root.resolve("index").resolve("vectors");
  }

  Path words() {
    return root.resolve("index").resolve("words");
  }

  /** Where the local model's program may lie. */
  List<Path> nativeCode() {
    return Stream.concat(UnpackedPrograms.nativeCode().stream(), Stream.of(root.resolve("native")))
        .toList();
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  /**
   * What tells this server's own indexes from those of others on the same database: made once, and
   * kept.
   */
  String serverId() {
    Path file = root.resolve("server-id");
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, UUID.randomUUID().toString());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
