package io.parley.adapter.persistence;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.persistence.DatabaseHealth;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks on a thread of its own: waiting for a connection may take longer than the answer may. */
final class PostgresHealth implements DatabaseHealth {

  private static final int SECONDS = 2;

  private final Sql sql;

  PostgresHealth(Sql sql) {
    this.sql = sql;
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
