package io.parley.adapter.persistence;

import io.parley.domain.port.Secret;
import java.time.Duration;

/**
 * How to reach a PostgreSQL, and how long to wait for it.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host[:port]/database[?parameters]}, without credentials
 * @param poolSize connections held at most, 1–200
 * @param connectTimeout how long a caller waits for a connection, 250 ms or more
 * @param statementTimeout how long one statement may run, 1 s or more
 * @param socketTimeout how long a silent connection is believed in; longer than {@code
 *     statementTimeout}
 */
public record PostgresConfig(
    String jdbcUrl,
    String user,
    Secret password,
    int poolSize,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration socketTimeout) {

  public static final int DEFAULT_POOL_SIZE = 10;
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
        DEFAULT_SOCKET_TIMEOUT);
  }

  /** The same with another pool size. */
  public PostgresConfig withPoolSize(int size) {
    return new PostgresConfig(
        jdbcUrl, user, password, size, connectTimeout, statementTimeout, socketTimeout);
  }
}
