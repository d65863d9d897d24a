package io.parley.adapter.persistence;

import io.parley.adapter.persistence.embedded.DataDirectoryLock;
import io.parley.adapter.persistence.embedded.EmbeddedDatabase;
import io.parley.adapter.persistence.embedded.EmbeddedDatabaseConfig;
import io.parley.adapter.persistence.embedded.SecretKeyFile;
import io.parley.application.Adapters;
import io.parley.application.ParleyBuilder;
import java.nio.file.Path;
import java.util.List;

/** The embedded PostgreSQL with its defaults, for programs that embed Parley. */
public final class EmbeddedPostgres implements AutoCloseable {
  private final DataDirectoryLock lock;
  private final EmbeddedDatabase database;
  private final PostgresPersistence persistence;

  private EmbeddedPostgres(
      DataDirectoryLock lock, EmbeddedDatabase database, PostgresPersistence persistence) {
    this.lock = lock;
    this.database = database;
    this.persistence = persistence;
  }

  /**
   * Gives the builder its persistence: takes the ownership of the directory, starts the database
   * below it, and brings the schema up to date.
   *
   * @param directory made when it is missing; one process owns it at a time
   */
  public static Adapters in(Path directory) {
    return builder -> open(directory, builder);
  }

  private static EmbeddedPostgres open(Path directory, ParleyBuilder builder) {
    DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
    try {
      EmbeddedPostgres opened = open(lock);
      builder.persistence(opened.persistence);
      return opened;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedPostgres open(DataDirectoryLock lock) {
    EmbeddedDatabase database = EmbeddedDatabase.start(lock, EmbeddedDatabaseConfig.DEFAULT);
    try {
      PostgresPersistence persistence =
          PostgresPersistence.open(
              PostgresConfig.of(database.jdbcUrl(), database.user(), database.password())
                  .withSecretKeys(List.of(SecretKeyFile.of(lock))));
      return migrated(new EmbeddedPostgres(lock, database, persistence));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static EmbeddedPostgres migrated(EmbeddedPostgres opened) {
    try {
      opened.persistence.migrate();
      opened.persistence.protectSecrets();
      return opened;
    } catch (RuntimeException e) {
      opened.persistence.close();
      throw e;
    }
  }

  /** Closes the pool, stops the database and gives the directory up. */
  @Override
  public void close() {
    try (lock;
        database) {
      persistence.close();
    }
  }
}
