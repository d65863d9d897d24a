package io.parley.bootstrap.server;

import io.parley.adapter.persistence.PostgresConfig;
import io.parley.adapter.persistence.PostgresPool;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections for indexes that lie in the database; none before the first of them is opened. */
final class IndexDatabase {
  private final PostgresConfig config;
  private final Closing closing;
  private @Nullable PostgresPool pool;

  /**
   * @param config of the database, with the size of the repositories' pool
   */
  IndexDatabase(PostgresConfig config, Closing closing) {
    this.config = config.withPoolSize(Math.max(2, config.poolSize() / 2));
    this.closing = closing;
  }

  synchronized DataSource dataSource() {
    if (pool == null) {
      pool = closing.add(PostgresPool.open(config));
    }
    return pool.dataSource();
  }
}
