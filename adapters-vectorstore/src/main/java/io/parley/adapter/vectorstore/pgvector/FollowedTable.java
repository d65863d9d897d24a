package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.document.ChunkId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.LogPosition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A table that follows the log. Changes and the position that they lead to are one transaction, so
 * that the table is right after every crash, and after the database was restored.
 *
 * <p>Who applies changes says by that which position it knows: when another server has moved on
 * meanwhile, nothing is written.
 *
 * @param <C> what it holds of a chunk
 */
final class FollowedTable<C> {
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended('parley index tables', 0))";

  private final Database database;
  private final IndexTable table;
  private final IndexPlace place;
  private final String positions;
  private final TableRecipe<C> recipe;
  private volatile LogPosition known = LogPosition.START;

  FollowedTable(Database database, IndexTable table, TableRecipe<C> recipe) {
    this.database = database;
    this.table = table;
    this.place = new IndexPlace(table);
    this.positions = place.positions();
    this.recipe = recipe;
  }

  private record Kept(String recipe, LogPosition position) {}

  /**
   * Makes what is missing.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the table is one for something else, or
   *     the database cannot hold it
   */
  void ensure() {
    known =
        database.inTransaction(connection -> {
          connection.setNetworkTimeout(Runnable::run, 0); // an index of many vectors takes long
          Statements.execute(connection, "set local statement_timeout = 0", LOCK);
          place.ensure(connection);
          recipe.prepare(connection);
          return ensureTable(connection);
        });
  }

  private LogPosition ensureTable(Connection connection) throws SQLException {
    boolean there = isThere(connection);
    if (there) {
      recipe.requireFits(connection, table);
    } else {
      recipe.create(connection, table);
    }
    Optional<Kept> kept = kept(connection, " for update");
    if (there && kept.filter(row -> row.recipe().equals(recipe.name())).isPresent()) {
      return kept.get().position();
    }
    empty(connection);
    return LogPosition.START;
  }

  private boolean isThere(Connection connection) throws SQLException {
    for (String each : recipe.tables(table)) {
      if (!Statements.exists(connection, Sql.of("select where to_regclass(?) is not null", each))) {
        return false;
      }
    }
    return true;
  }

  private Optional<Kept> kept(Connection connection, String locking) throws SQLException {
    return Statements.first(
        connection,
        Sql.of(
            "select recipe, position, entry from " + positions + " where name = ?" + locking,
            table.name()),
        FollowedTable::kept);
  }

  private static Kept kept(ResultSet row) throws SQLException {
    UUID entry = row.getObject("entry", UUID.class);
    return new Kept(row.getString("recipe"), new LogPosition(row.getLong("position"), entry));
  }

  private void empty(Connection connection) throws SQLException {
    recipe.clear(connection, table);
    Statements.update(
        connection, Sql.of("delete from " + positions + " where name = ?", table.name()));
    move(connection, LogPosition.START, 0);
  }

  /**
   * @param more how many chunks more there are than before
   */
  private void move(Connection connection, LogPosition to, long more) throws SQLException {
    UUID entry = to.entry();
    Statements.update(
        connection,
        Sql.of(
            "insert into "
                + positions
                + """
                 as p (name, recipe, position, entry, chunks)
                values (?, ?, ?, nullif(?, '')::uuid, ?)
                on conflict (name) do update
                set position = excluded.position, entry = excluded.entry,
                  chunks = p.chunks + excluded.chunks
                """,
            table.name(),
            recipe.name(),
            to.position(),
            entry == null ? "" : entry.toString(),
            more));
  }

  /** {@link LogPosition#START} when the table is gone. */
  LogPosition position() {
    known = database.run(this::position);
    return known;
  }

  private LogPosition position(Connection connection) throws SQLException {
    try {
      Optional<Kept> kept = isThere(connection) ? kept(connection, "") : Optional.empty();
      kept.ifPresent(this::requireOurs);
      return kept.map(Kept::position).orElse(LogPosition.START);
    } catch (SQLException e) {
      if (PgFailures.isGone(PgFailures.of(e))) {
        return LogPosition.START;
      }
      throw e;
    }
  }

  private void requireOurs(Kept kept) {
    if (!kept.recipe().equals(recipe.name())) {
      throw PgFailures.unavailable(
          "Another version of Parley has taken over the index in the database. Give this server"
              + " the same version.");
    }
  }

  void apply(List<IndexChange<C>> changes, LogPosition upTo) {
    for (IndexChange<C> change : changes) {
      if (change instanceof IndexChange.Add<C>(List<C> chunks)) {
        chunks.forEach(recipe::check);
      }
    }
    database.inTransaction(connection -> {
      requireKnown(connection);
      move(connection, upTo, new Changes(connection).apply(changes));
      return true;
    });
    known = upTo;
  }

  /** Holds the row until the transaction ends. */
  private void requireKnown(Connection connection) throws SQLException {
    Optional<Kept> kept = kept(connection, " for update");
    kept.ifPresent(this::requireOurs);
    if (!kept.map(Kept::position).equals(Optional.of(known))) {
      throw PgFailures.unavailable(
          "Another server has worked on this index meanwhile. This one reads on from there.");
    }
  }

  /** Additions that follow one another are written together; of one id the last one counts. */
  private final class Changes {
    private final Connection connection;
    private final Map<ChunkId, C> pending = new LinkedHashMap<>();
    private long more;

    Changes(Connection connection) {
      this.connection = connection;
    }

    /** How many chunks more there are afterwards. */
    long apply(List<IndexChange<C>> changes) throws SQLException {
      for (IndexChange<C> change : changes) {
        switch (change) {
          case IndexChange.Add<C>(List<C> chunks) ->
              chunks.forEach(chunk -> pending.put(recipe.idOf(chunk), chunk));
          case IndexChange.RemoveVersion<C>(var ref) -> remove(ChunkColumns.of(ref));
          case IndexChange.RemoveSource<C>(var source) -> remove(ChunkColumns.of(source));
          case IndexChange.RemoveChunks<C>(var chunks) -> remove(ChunkColumns.of(chunks));
        }
      }
      flush();
      return more;
    }

    private void remove(Sql which) throws SQLException {
      flush();
      more -= recipe.remove(connection, table, which);
    }

    private void flush() throws SQLException {
      if (!pending.isEmpty()) {
        more -= recipe.remove(connection, table, ChunkColumns.of(List.copyOf(pending.keySet())));
        recipe.add(connection, table, pending.values());
        more += pending.size();
        pending.clear();
      }
    }
  }

  /** Also makes again what somebody removed. */
  void startOver() {
    ensure();
    database.inTransaction(connection -> {
      kept(connection, " for update");
      empty(connection);
      return true;
    });
    known = LogPosition.START;
  }

  /**
   * Removes the position and the table for good, locked in the order of changes; what is gone
   * already is no error. The last index takes the place with it.
   */
  void drop() {
    database.inTransaction(connection -> {
      Statements.execute(connection, "set local statement_timeout = 0", LOCK);
      boolean last = place.isLeftWithout(connection, table.name());
      if (place.isThere(connection)) {
        Statements.update(
            connection, Sql.of("delete from " + positions + " where name = ?", table.name()));
      }
      for (String each : recipe.tables(table)) {
        Statements.execute(connection, "drop table if exists " + each);
      }
      if (last) {
        place.drop(connection);
      }
      return true;
    });
    known = LogPosition.START;
  }

  /** Kept beside the position, because counting the rows of a large table takes long. */
  long count() {
    return database.run(connection -> {
      Sql find = Sql.of("select chunks from " + positions + " where name = ?", table.name());
      Optional<Long> count =
          isThere(connection)
              ? Statements.first(connection, find, row -> row.getLong(1))
              : Optional.empty();
      return count.orElseThrow(() -> PgFailures.unavailable(PgFailures.REMOVED));
    });
  }

  boolean isThere() {
    return database.run(this::isThere);
  }
}
