package io.parley.bootstrap.server;

import io.parley.adapter.persistence.PostgresConfig;
import io.parley.adapter.persistence.PostgresPool;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections for indexes that lie in the database; none before the first of them is opened. */
final class IndexDatabase implements AutoCloseable {
  private final Supplier<PostgresConfig> config;
  private @Nullable PostgresPool pool;

  /**
   * @param config of the database, with the size of the repositories' pool; asked for at the first
   *     index
   */
  IndexDatabase(Supplier<PostgresConfig> config) {
    this.config = config;
  }

  synchronized DataSource dataSource() {
    if (pool == null) {
      PostgresConfig all = config.get();
      pool = PostgresPool.open(all.withPoolSize(Math.max(2, all.poolSize() / 2)));
    }
    return pool.dataSource();
  }

  @Override
  public synchronized void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
