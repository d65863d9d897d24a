package io.parley.adapter.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Connections for what lies in the same database beside Parley's rows, such as an index. Apart from
 * the repositories' pool, so that nobody who holds a connection of one waits for one of the same.
 * To be closed.
 */
public final class PostgresPool implements AutoCloseable {
  private final HikariDataSource pool;

  private PostgresPool(HikariDataSource pool) {
    this.pool = pool;
  }

  /** Sets up the pool; connections are made when they are needed. */
  public static PostgresPool open(PostgresConfig config) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("parley-postgresql-indexes");
    hikari.setDriverClassName("org.postgresql.Driver");
    hikari.setJdbcUrl(config.jdbcUrl());
    hikari.setUsername(config.user());
    hikari.setPassword(config.password().reveal());
    hikari.setMaximumPoolSize(config.poolSize());
    hikari.setMinimumIdle(0);
    hikari.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    hikari.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
    hikari.setConnectionTimeout(config.connectTimeout().toMillis());
    hikari.setValidationTimeout(Math.min(2_000, config.connectTimeout().toMillis()));
    hikari.setInitializationFailTimeout(-1);
    hikari.setConnectionInitSql(PersistenceContext.initSql(config));
    PersistenceContext.driver(config).forEach(hikari::addDataSourceProperty);
    return new PostgresPool(new HikariDataSource(hikari));
  }

  /** To be used until the pool is closed. */
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
