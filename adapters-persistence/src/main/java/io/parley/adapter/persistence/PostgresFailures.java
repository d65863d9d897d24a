package io.parley.adapter.persistence;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The one place where what JDBC, the pool and the framework throw becomes a {@link PortFailure}.
 */
final class PostgresFailures {

  static final String BACKEND = "PostgreSQL";

  private static final Set<String> RERUN = Set.of("40001", "40P01");
  private static final Set<String> TIMEOUTS = Set.of("57014", "55P03", "25P03", "25P04");

  private PostgresFailures() {}

  /** Runs a call; failures of the database come out translated, all others as they are. */
  static <T> T translating(Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw translate(e);
    }
  }

  static RuntimeException translate(Exception e) {
    SQLException sql = find(SQLException.class, e);
    if (e instanceof PortFailure failure) {
      return failure;
    }
    if (sql != null) {
      return new PortFailure(kind(sql), BACKEND, sentence(sql), e);
    }
    if (e.getClass().getName().startsWith("io.micronaut.")) {
      return new PortFailure(
          Kind.UNAVAILABLE, BACKEND, "The database could not be used. Please try again.", e);
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }

  /** Whether running the same transaction again may succeed. */
  static boolean mayRerun(Throwable e) {
    SQLException sql = find(SQLException.class, e);
    return sql != null && sql.getSQLState() != null && RERUN.contains(sql.getSQLState());
  }

  private static Kind kind(SQLException e) {
    if (find(SocketTimeoutException.class, e) != null) {
      return Kind.TIMEOUT;
    }
    String state = state(e);
    if (TIMEOUTS.contains(state)) {
      return Kind.TIMEOUT;
    }
    if (state.equals("08004")) {
      return Kind.CREDENTIALS_REJECTED; // the driver's own, for a password that is missing
    }
    if (state.equals("53100")) {
      return Kind.STORAGE_FULL;
    }
    if (state.equals("42501") || state.equals("3D000") || state.equals("0A000")) {
      return Kind.INVALID_CONFIGURATION;
    }
    return switch (state.isEmpty() ? "" : state.substring(0, 2)) {
      case "28" -> Kind.CREDENTIALS_REJECTED;
      case "42", "3F" -> Kind.INVALID_CONFIGURATION;
      case "22", "23", "XX" -> Kind.CORRUPT_DATA;
      default -> Kind.UNAVAILABLE;
    };
  }

  /**
   * A pool that gave up waiting carries the state of the last attempt to connect, if there was one.
   */
  private static String state(SQLException e) {
    String state = e.getSQLState();
    SQLException cause = find(SQLException.class, e.getCause());
    if (e instanceof SQLTransientConnectionException && cause != null) {
      state = cause.getSQLState();
    }
    return state == null ? "" : state;
  }

  private static String sentence(SQLException e) {
    return switch (kind(e)) {
      case TIMEOUT -> "The database did not answer in time. Please try again.";
      case STORAGE_FULL -> "The database's disk is full. Free some space and try again.";
      case CREDENTIALS_REJECTED ->
          "The database rejected the user or password. Check DATABASE_URL.";
      case INVALID_CONFIGURATION ->
          "The database lacks something that Parley needs (SQL state "
              + state(e)
              + "). Check DATABASE_URL and the user's rights, and run the migrations.";
      case CORRUPT_DATA ->
          "The database refused or returned what cannot be right (SQL state " + state(e) + ").";
      case UNAVAILABLE, RATE_LIMITED -> "The database cannot be reached. Please try again.";
    };
  }

  private static <T extends Throwable> @Nullable T find(Class<T> type, @Nullable Throwable e) {
    Throwable at = e;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }
}
