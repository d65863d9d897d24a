package io.parley.adapter.storage.redis;

import io.parley.domain.port.Secret;
import java.time.Duration;

/**
 * How Redis is used.
 *
 * @param namespace what tells this installation's keys from those of others in the same Redis, 1 to
 *     64 lower-case letters, digits and dashes
 * @param keySecret what keys are hashed with, the same on all servers; at least 32 characters
 * @param connectTimeout longest wait for a connection, TLS and password included
 * @param commandTimeout longest wait for an answer
 * @param rest how long a Redis that failed is left alone
 * @param largest bytes of a value; larger ones are not kept
 */
public record RedisConfig(
    RedisUrl url,
    String namespace,
    Secret keySecret,
    Duration connectTimeout,
    Duration commandTimeout,
    Duration rest,
    int largest) {

  public RedisConfig {
    if (!namespace.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("This is no namespace: " + namespace);
    }
    if (keySecret.reveal().length() < 32) {
      throw new IllegalArgumentException("The secret of keys needs at least 32 characters.");
    }
    if (!connectTimeout.isPositive() || !commandTimeout.isPositive() || !rest.isPositive()) {
      throw new IllegalArgumentException("Durations must be positive.");
    }
    if (largest < 1) {
      throw new IllegalArgumentException("A cache needs room for one byte at least.");
    }
  }

  /** A connection within a second, answers within 250 ms, a second of rest, values up to 4 MiB. */
  public static RedisConfig of(RedisUrl url, String namespace, Secret keySecret) {
    return new RedisConfig(
        url,
        namespace,
        keySecret,
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        4 << 20);
  }
}
