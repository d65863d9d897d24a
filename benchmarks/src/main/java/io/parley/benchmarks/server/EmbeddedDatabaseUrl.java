package io.parley.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How to reach the embedded database of a running server as if it were an external one. */
final class EmbeddedDatabaseUrl {
  private EmbeddedDatabaseUrl() {}

  static String of(Path data) throws IOException {
    Path postgres = data.resolve("postgres");
    return "postgres://parley:"
        + Files.readString(postgres.resolve("password")).strip()
        + "@127.0.0.1:"
        + Files.readString(postgres.resolve("port")).strip()
        + "/parley";
  }
}
