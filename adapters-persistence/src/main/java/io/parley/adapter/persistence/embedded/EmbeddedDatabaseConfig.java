package io.parley.adapter.persistence.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the embedded PostgreSQL runs.
 *
 * @param maxConnections 10–500
 * @param sharedBuffersMegabytes memory shared by its processes, 16–4,096
 * @param startTimeout how long it may take to come up, also when it recovers from a crash
 * @param unpacked where {@link EmbeddedDatabase#unpackPrograms} may have put PostgreSQL's programs.
 *     Empty, or without the right ones: they are unpacked into the data directory
 */
public record EmbeddedDatabaseConfig(
    int maxConnections,
    int sharedBuffersMegabytes,
    Duration startTimeout,
    Optional<Path> unpacked) {

  /** Small: 50 connections, 32 MB, one minute. */
  public static final EmbeddedDatabaseConfig DEFAULT =
      new EmbeddedDatabaseConfig(50, 32, Duration.ofMinutes(1));

  public EmbeddedDatabaseConfig(
      int maxConnections, int sharedBuffersMegabytes, Duration startTimeout) {
    this(maxConnections, sharedBuffersMegabytes, startTimeout, Optional.empty());
  }

  public EmbeddedDatabaseConfig {
    if (maxConnections < 10 || maxConnections > 500) {
      throw new IllegalArgumentException("maxConnections must be between 10 and 500.");
    }
    if (sharedBuffersMegabytes < 16 || sharedBuffersMegabytes > 4096) {
      throw new IllegalArgumentException("sharedBuffersMegabytes must be between 16 and 4,096.");
    }
    if (startTimeout.isNegative() || startTimeout.isZero()) {
      throw new IllegalArgumentException("startTimeout must be positive.");
    }
  }

  public EmbeddedDatabaseConfig withUnpacked(Optional<Path> directory) {
    return new EmbeddedDatabaseConfig(
        maxConnections, sharedBuffersMegabytes, startTimeout, directory);
  }
}
