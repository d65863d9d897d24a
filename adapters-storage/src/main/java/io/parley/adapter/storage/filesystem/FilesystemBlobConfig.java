package io.parley.adapter.storage.filesystem;

import io.parley.domain.port.Secret;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Where blobs lie and how their links are signed.
 *
 * @param root the directory; made when it is missing. Several servers may share it
 * @param signingKey at least 32 characters, the same on all servers that share the directory
 * @param clock decides when a link expires
 */
public record FilesystemBlobConfig(Path root, Secret signingKey, InstantSource clock) {
  private static final int SHORTEST_KEY = 32;

  public FilesystemBlobConfig {
    if (signingKey.reveal().length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "The key that signs preview links needs at least 32 characters.");
    }
  }
}
