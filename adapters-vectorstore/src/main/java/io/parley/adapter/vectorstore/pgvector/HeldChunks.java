package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.Portion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which chunks a table holds. */
record HeldChunks(Database database, IndexTable table) {

  /** Comes before every id that is given out. */
  private static final UUID FIRST = new UUID(0, 0);

  Set<ChunkId> of(SourceId source) {
    return new HashSet<>(ids(ChunkColumns.of(source)));
  }

  Portion<ChunkId> all(@Nullable String from, int limit) {
    UUID after = from == null ? FIRST : UUID.fromString(from);
    List<ChunkId> some = ids(Sql.of("t.id > ? order by t.id limit ?", after, limit));
    return new Portion<>(some, some.size() < limit ? null : some.getLast().toString());
  }

  /** An id is the primary key: none is held twice. */
  Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    return ids(ChunkColumns.of(List.copyOf(ids))).stream()
        .collect(Collectors.toMap(id -> id, id -> 1));
  }

  private List<ChunkId> ids(Sql which) {
    Sql select = Sql.of("select t.id from " + table.quoted() + " t where");
    return database.run(
        connection -> Statements.list(connection, Sql.joined(select, which), HeldChunks::id));
  }

  static ChunkId id(ResultSet row) throws SQLException {
    return new ChunkId(row.getObject("id", UUID.class));
  }
}
