package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What JDBC and PostgreSQL throw, in our words. */
final class PgFailures {
  static final String BACKEND = "PostgreSQL";
  static final Logger LOG = LoggerFactory.getLogger(PgFailures.class);

  /** Tables or schema that somebody removed. */
  private static final Set<String> GONE = Set.of("42P01", "3F000");

  private static final Set<String> TIMEOUTS = Set.of("57014", "55P03", "25P03", "25P04");

  /** Columns, functions and types that went with the extension. */
  private static final Set<String> EXTENSION = Set.of("42703", "42883", "42704");

  static final String REMOVED =
      "The index was removed from the database and is being built again. Try again later.";

  private PgFailures() {}

  static PortFailure of(SQLException e) {
    Kind kind = kind(e);
    return new PortFailure(kind, BACKEND, sentence(kind, e), e);
  }

  /** Whether a table that should be there is not. */
  static boolean isGone(PortFailure failure) {
    return failure.getCause() instanceof SQLException e && GONE.contains(state(e));
  }

  static boolean isRefused(SQLException e) {
    return state(e).equals("42501");
  }

  static PortFailure configuration(String sentence, @Nullable Throwable cause) {
    return new PortFailure(Kind.INVALID_CONFIGURATION, BACKEND, sentence, cause);
  }

  static PortFailure unavailable(String sentence) {
    return new PortFailure(Kind.UNAVAILABLE, BACKEND, sentence, null);
  }

  private static Kind kind(SQLException e) {
    String state = state(e);
    if (TIMEOUTS.contains(state) || isSilence(e)) {
      return Kind.TIMEOUT;
    }
    if (GONE.contains(state)) {
      return Kind.UNAVAILABLE;
    }
    if (state.equals("53100")) {
      return Kind.STORAGE_FULL;
    }
    if (state.startsWith("28") || state.equals("08004")) {
      return Kind.CREDENTIALS_REJECTED;
    }
    if (state.startsWith("42") || state.equals("0A000") || state.equals("3D000")) {
      return Kind.INVALID_CONFIGURATION;
    }
    return state.matches("(22|23|XX).*") ? Kind.CORRUPT_DATA : Kind.UNAVAILABLE;
  }

  private static boolean isSilence(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** A pool that gave up waiting carries the state of the last attempt to connect. */
  private static String state(SQLException e) {
    SQLException told =
        e instanceof SQLTransientConnectionException && e.getCause() instanceof SQLException cause
            ? cause
            : e;
    String state = told.getSQLState();
    return state == null ? "" : state;
  }

  private static String sentence(Kind kind, SQLException e) {
    if (GONE.contains(state(e))) {
      return REMOVED;
    }
    if (EXTENSION.contains(state(e))) {
      return "The index in the database is not as Parley made it (SQL state "
          + state(e)
          + "). See that the extension \"vector\" is there, remove the index's table and start again:"
          + " it is built again.";
    }
    return switch (kind) {
      case TIMEOUT -> "The database did not answer in time. Please try again.";
      case STORAGE_FULL -> "The database's disk is full. Free some space and try again.";
      case CREDENTIALS_REJECTED ->
          "The database rejected the user or password. Check DATABASE_URL.";
      case INVALID_CONFIGURATION ->
          "The database does not let Parley work on its index (SQL state "
              + state(e)
              + "). Check the rights of DATABASE_URL's user.";
      case CORRUPT_DATA ->
          "The database refused or returned what cannot be right (SQL state " + state(e) + ").";
      case UNAVAILABLE, RATE_LIMITED -> "The database cannot be reached. Please try again.";
    };
  }
}
