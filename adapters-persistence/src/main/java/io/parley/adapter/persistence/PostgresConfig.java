package io.parley.adapter.persistence;

import io.parley.domain.port.Secret;
import java.time.Duration;
import java.util.List;

/**
 * How to reach a PostgreSQL, and how long to wait for it.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host[:port]/database[?parameters]}, without credentials
 * @param poolSize connections held at most, 1–200
 * @param connectTimeout how long a caller waits for a connection, 250 ms or more
 * @param statementTimeout how long one statement may run, 1 s or more
 * @param socketTimeout how long a silent connection is believed in; longer than {@code
 *     statementTimeout}
 * @param secretKeys what secrets in the database are encrypted with: the first encrypts, all are
 *     tried to decrypt; none keeps them as they are. At least 32 characters each
 */
public record PostgresConfig(
    String jdbcUrl,
    String user,
    Secret password,
    int poolSize,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration socketTimeout,
    List<Secret> secretKeys) {

  public static final int DEFAULT_POOL_SIZE = 10;
  public static final int MIN_SECRET_KEY = 32;
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
  public static final Duration DEFAULT_STATEMENT_TIMEOUT = Duration.ofSeconds(30);
  public static final Duration DEFAULT_SOCKET_TIMEOUT = Duration.ofSeconds(45);

  public PostgresConfig {
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("The JDBC URL must start with jdbc:postgresql:");
    }
    if (poolSize < 1 || poolSize > 200) {
      throw new IllegalArgumentException("The pool size must be between 1 and 200.");
    }
    if (connectTimeout.toMillis() < 250) {
      throw new IllegalArgumentException("The connect timeout must be at least 250 ms.");
    }
    if (statementTimeout.toMillis() < 1000 || socketTimeout.compareTo(statementTimeout) <= 0) {
      throw new IllegalArgumentException(
          "The statement timeout must be at least 1 s, and the socket timeout longer.");
    }
    secretKeys = List.copyOf(secretKeys);
    if (secretKeys.stream().anyMatch(key -> key.reveal().length() < MIN_SECRET_KEY)) {
      throw new IllegalArgumentException("A key for secrets has at least 32 characters.");
    }
  }

  /** With the default pool and timeouts. */
  public static PostgresConfig of(String jdbcUrl, String user, Secret password) {
    return new PostgresConfig(
        jdbcUrl,
        user,
        password,
        DEFAULT_POOL_SIZE,
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_STATEMENT_TIMEOUT,
        DEFAULT_SOCKET_TIMEOUT,
        List.of());
  }

  /** The same with another pool size. */
  public PostgresConfig withPoolSize(int size) {
    return new PostgresConfig(
        jdbcUrl, user, password, size, connectTimeout, statementTimeout, socketTimeout, secretKeys);
  }

  /** The same with other keys for secrets. */
  public PostgresConfig withSecretKeys(List<Secret> keys) {
    return new PostgresConfig(
        jdbcUrl, user, password, poolSize, connectTimeout, statementTimeout, socketTimeout, keys);
  }
}
