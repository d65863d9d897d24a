package io.parley.adapter.persistence;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.persistence.DatabaseFacts;
import io.parley.domain.port.persistence.DatabaseHealth;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks on a thread of its own: waiting for a connection may take longer than the answer may. */
final class PostgresHealth implements DatabaseHealth {

  private static final int SECONDS = 2;

  /** The first whose grammar has all that the statements use; 17 is what the tests run on. */
  private static final int OLDEST = 15;

  private final Sql sql;
  private final PostgresConfig config;

  PostgresHealth(Sql sql, PostgresConfig config) {
    this.sql = sql;
    this.config = config;
  }

  @Override
  public DatabaseFacts facts() {
    DatabaseFacts.Schema schema = new Migrations(config).state();
    return sql.one(
        """
        select current_setting('server_version') as version,
               current_setting('server_version_num')::int / 10000 as major,
               coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) as may_create,
               current_setting('max_connections')::int as most,
               (select count(*)::int from pg_stat_activity where backend_type = 'client backend')
                 as open
        """,
        row ->
            new DatabaseFacts(
                row.text("version"),
                row.integer("major"),
                OLDEST,
                schema,
                row.bool("may_create"),
                row.integer("most"),
                row.integer("open"),
                config.poolSize()));
  }

  @Override
  public void ping() {
    FutureTask<Boolean> question = new FutureTask<>(() -> sql.exists("select 1 as answer"));
    Thread asking = Thread.ofVirtual().name("database-ping").start(question);
    try {
      question.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PortFailure failure ? failure : silent(Kind.UNAVAILABLE, e);
    } catch (TimeoutException e) {
      asking.interrupt();
      throw silent(Kind.TIMEOUT, e);
    } catch (InterruptedException e) {
      asking.interrupt();
      Thread.currentThread().interrupt();
      throw silent(Kind.UNAVAILABLE, e);
    }
  }

  private static PortFailure silent(Kind kind, Exception cause) {
    return new PortFailure(
        kind, PostgresFailures.BACKEND, "The database does not answer. Please try again.", cause);
  }
}
