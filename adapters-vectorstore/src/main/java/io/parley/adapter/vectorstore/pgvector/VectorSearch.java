package io.parley.adapter.vectorstore.pgvector;

import io.parley.adapter.vectorstore.remote.BestFirst;
import io.parley.domain.access.BotScope;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.ScoredChunk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the nearest vectors of a bot: by HNSW, which goes on until it has enough that pass, and
 * exactly where the bot is small or HNSW has not found enough.
 */
record VectorSearch(Database database, IndexTable table, VectorRecipe recipe, int exactUpTo) {
  private static final int LEAST_BEAM = 128;

  /** As much as pgvector takes. */
  private static final int MOST_BEAM = 1_000;

  List<ScoredChunk> nearest(BotScope scope, float[] unit, int limit, Filter filter) {
    String vector = VectorRecipe.text(unit);
    Sql passing = Sql.joined(ChunkColumns.in(scope), Sql.of("and"), FilterSql.of(scope, filter));
    return database.inTransaction(connection -> {
      boolean small = isSmall(connection, scope, limit);
      return new BestFirst(PgFailures.BACKEND, limit)
          .of(size -> {
            List<Optional<ScoredChunk>> found =
                small ? List.of() : find(connection, vector, passing, size, false);
            return found.size() < limit ? find(connection, vector, passing, size, true) : found;
          });
    });
  }

  /** Every search has other values, and a plan for all of them fits none. */
  private boolean isSmall(Connection connection, BotScope scope, int limit) throws SQLException {
    int beam = Math.clamp(2L * limit, LEAST_BEAM, MOST_BEAM);
    Sql count =
        Sql.joined(
            Sql.of(
                "select set_config('hnsw.iterative_scan', 'relaxed_order', true),"
                    + " set_config('hnsw.ef_search', ?, true),"
                    + " set_config('plan_cache_mode', 'force_custom_plan', true),"
                    + " (select count(*) from (select from "
                    + table.quoted()
                    + " t where",
                Integer.toString(beam)),
            ChunkColumns.in(scope),
            Sql.of("limit ?) first) as count", exactUpTo + 1));
    return Statements.first(connection, count, row -> row.getLong("count")).orElse(0L) <= exactUpTo;
  }

  /** An exact one hides the distance from the index by adding nothing to it. */
  private List<Optional<ScoredChunk>> find(
      Connection connection, String vector, Sql passing, int size, boolean exact) {
    String distance = "t.embedding " + recipe.distance() + " ?" + recipe.cast();
    Sql find =
        Sql.joined(
            Sql.of(
                "select t.id, 1 - (" + distance + ") as score from " + table.quoted() + " t where",
                vector),
            passing,
            Sql.of(
                exact
                    ? "order by (" + distance + ") + 0, t.id limit ?"
                    : "order by " + distance + " limit ?",
                vector,
                size));
    try {
      return Statements.list(
          connection,
          find,
          row -> Optional.of(new ScoredChunk(HeldChunks.id(row), row.getDouble("score"))));
    } catch (SQLException e) {
      throw PgFailures.of(e);
    }
  }
}
