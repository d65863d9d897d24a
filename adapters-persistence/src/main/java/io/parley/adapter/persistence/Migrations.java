package io.parley.adapter.persistence;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.DatabaseFacts;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema up to date. Flyway's lock lets one server do it while others wait. */
final class Migrations {

  static final String LOCATION = "classpath:io/parley/adapter/persistence/migrations";

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private final PostgresConfig config;

  Migrations(PostgresConfig config) {
    this.config = config;
  }

  /** How many migrations were applied. */
  int run() {
    if (AppliedMigrations.areAll(dataSource())) {
      LOG.debug("The schema is current.");
      return 0;
    }
    return migrate();
  }

  /** How the schema stands; changes nothing. */
  DatabaseFacts.Schema state() {
    return PostgresFailures.translating(() -> AppliedMigrations.state(dataSource()));
  }

  private int migrate() {
    try {
      MigrateResult result = flyway().migrate();
      LOG.info(
          "The schema is at version {} ({} migrations applied).",
          result.targetSchemaVersion == null
              ? result.initialSchemaVersion
              : result.targetSchemaVersion,
          result.migrationsExecuted);
      return result.migrationsExecuted;
    } catch (FlywayException e) {
      throw translate(e);
    }
  }

  private Flyway flyway() {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dataSource())
        .locations(LOCATION)
        .loggers("slf4j")
        .load();
  }

  /** Without the pool's statement timeout: building an index may take long. */
  private PGSimpleDataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(config.jdbcUrl());
    source.setUser(config.user());
    source.setPassword(config.password().reveal());
    source.setConnectTimeout((int) Math.max(1, config.connectTimeout().toSeconds()));
    source.setLogServerErrorDetail(false);
    return source;
  }

  private static RuntimeException translate(FlywayException e) {
    RuntimeException translated = PostgresFailures.translate(e);
    if (translated instanceof PortFailure) {
      return translated;
    }
    return new PortFailure(
        PortFailure.Kind.INVALID_CONFIGURATION,
        PostgresFailures.BACKEND,
        "The database's schema does not fit this version of Parley: it was changed by hand, or by a newer version.",
        e);
  }
}
