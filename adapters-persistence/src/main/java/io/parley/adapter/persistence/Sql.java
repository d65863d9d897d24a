package io.parley.adapter.persistence;

import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.support.DefaultTransactionDefinition;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.PortFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Statements, in the transaction at hand or each in one of its own. Every repository goes through
 * here, so that no exception of JDBC leaves the adapter.
 *
 * <p>Parameters are given in their order: ids as UUID, {@link Instant}, text, numbers, booleans,
 * byte arrays, {@link Json} for jsonb, UUID[] and String[] for arrays, enums as their lower-case
 * names.
 */
final class Sql {

  private static final int ATTEMPTS = 5;

  private final ConnectionOperations<Connection> connections;
  private final TransactionOperations<Connection> transactions;

  Sql(
      ConnectionOperations<Connection> connections,
      TransactionOperations<Connection> transactions) {
    this.connections = connections;
    this.transactions = transactions;
  }

  /** Work on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  <T> List<T> list(String statement, Row.Mapper<T> mapper, @Nullable Object... parameters) {
    return withStatement(
        statement,
        prepared -> {
          bind(prepared, parameters);
          try (ResultSet results = prepared.executeQuery()) {
            List<T> found = new ArrayList<>();
            Row row = new Row(results);
            while (results.next()) {
              found.add(mapper.map(row));
            }
            return found;
          }
        });
  }

  /**
   * A part of a list and the length of the whole.
   *
   * @param columns what follows {@code select}
   * @param from what follows {@code from}, with its conditions
   * @param order what follows {@code order by}
   */
  <T> Listing<T> listing(
      ListRequest request,
      String columns,
      String from,
      String order,
      Row.Mapper<T> mapper,
      @Nullable Object... parameters) {
    @Nullable Object[] all = Arrays.copyOf(parameters, parameters.length + 2);
    all[parameters.length] = request.limit();
    all[parameters.length + 1] = request.skip();
    String statement =
        "select " + columns + " from " + from + " order by " + order + " limit ? offset ?";
    List<T> items = list(statement, mapper, all);
    boolean last = items.size() < request.limit() && !(items.isEmpty() && request.skip() > 0);
    long total =
        last
            ? request.skip() + items.size()
            : count("select count(*) as count from " + from, parameters);
    return new Listing<>(items, total, request);
  }

  <T> Optional<T> find(String statement, Row.Mapper<T> mapper, @Nullable Object... parameters) {
    return list(statement, mapper, parameters).stream().findFirst();
  }

  /** The one row that the statement must have. */
  <T> T one(String statement, Row.Mapper<T> mapper, @Nullable Object... parameters) {
    return find(statement, mapper, parameters)
        .orElseThrow(() ->
            new PortFailure(
                PortFailure.Kind.CORRUPT_DATA,
                PostgresFailures.BACKEND,
                "The database lacks a row that must be there.",
                null));
  }

  /** The count in the one row and column of the answer. */
  long count(String statement, @Nullable Object... parameters) {
    return one(statement, row -> row.number("count"), parameters);
  }

  boolean exists(String statement, @Nullable Object... parameters) {
    return !list(statement, row -> true, parameters).isEmpty();
  }

  /** Rows that were changed. */
  int update(String statement, @Nullable Object... parameters) {
    return withStatement(
        statement,
        prepared -> {
          bind(prepared, parameters);
          return prepared.executeUpdate();
        });
  }

  /**
   * The statement once for each set of parameters, sent together. Needs a transaction around it to
   * be one.
   */
  void batch(String statement, List<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    withStatement(
        statement,
        prepared -> {
          for (@Nullable Object[] row : rows) {
            bind(prepared, row);
            prepared.addBatch();
          }
          return prepared.executeBatch();
        });
  }

  /** Several statements as one; joins a transaction that is there. */
  <T> T inTransaction(Supplier<T> work) {
    if (transactions.findTransactionStatus().isPresent()) {
      return work.get();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return PostgresFailures.translating(
            () -> transactions.execute(TransactionDefinition.DEFAULT, status -> work.get()));
      } catch (PortFailure e) {
        if (attempt == ATTEMPTS || !PostgresFailures.mayRerun(e)) {
          throw e;
        }
        pause(Duration.ofMillis(10L << attempt), e);
      }
    }
  }

  /**
   * Statements that all see one moment and change nothing, for as long as they take: whoever reads
   * files between two of them is not taken for gone.
   */
  <T> T inSnapshot(Supplier<T> work) {
    DefaultTransactionDefinition snapshot = new DefaultTransactionDefinition();
    snapshot.setIsolationLevel(TransactionDefinition.Isolation.REPEATABLE_READ);
    snapshot.setReadOnly(true);
    return PostgresFailures.translating(() ->
        transactions.execute(
            snapshot,
            status -> {
              update("set local idle_in_transaction_session_timeout = 0");
              return work.get();
            }));
  }

  /**
   * Waits until nobody else holds the lock of that name, and holds it until the transaction ends.
   */
  void lock(String name) {
    list("select pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, name);
  }

  /** Work on the connection of the transaction at hand, or on one from the pool. */
  <T> T onConnection(Work<T> work) {
    return PostgresFailures.translating(() ->
        connections.execute(
            ConnectionDefinition.DEFAULT,
            status -> PostgresFailures.translating(() -> work.on(status.getConnection()))));
  }

  private interface Prepared<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  private <T> T withStatement(String statement, Prepared<T> work) {
    return onConnection(connection -> {
      try (PreparedStatement prepared = connection.prepareStatement(statement)) {
        return work.run(prepared);
      }
    });
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      case Json json -> statement.setObject(index, json.text(), Types.OTHER);
      case Enum<?> constant -> statement.setString(index, constant.name().toLowerCase(Locale.ROOT));
      // PostgreSQL's text cannot hold NUL; one unit takes the place of another, so that offsets
      // stay.
      case String text -> statement.setString(index, text.replace('\0', '\uFFFD'));
      case byte[] bytes -> statement.setBytes(index, bytes);
      case UUID[] ids ->
          statement.setArray(index, statement.getConnection().createArrayOf("uuid", ids));
      case Integer[] numbers ->
          statement.setArray(index, statement.getConnection().createArrayOf("int4", numbers));
      case String[] texts ->
          statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
      default -> statement.setObject(index, value);
    }
  }

  private static void pause(Duration atMost, PortFailure instead) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, atMost.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw instead;
    }
  }
}
