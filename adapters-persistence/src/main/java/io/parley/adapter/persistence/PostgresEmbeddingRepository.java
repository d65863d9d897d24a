package io.parley.adapter.persistence;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.EmbeddingRepository;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The embeddings of each model. */
final class PostgresEmbeddingRepository implements EmbeddingRepository {

  /** Comes before every id that is given out. */
  private static final UUID FIRST = new UUID(0, 0);

  private static final String LACKS =
      " not exists (select from embeddings e where e.chunk_id = c.id and e.model_id = ?) ";

  private final Sql sql;
  private final EmbeddingModels models;

  PostgresEmbeddingRepository(Sql sql) {
    this.sql = sql;
    this.models = new EmbeddingModels(sql);
  }

  @Override
  public List<Chunk> lacking(EmbeddingModel model, @Nullable ChunkId after, int limit) {
    return sql.list(
        "select c.* "
            + PostgresInspection.EXPECTED
            + "where "
            + PostgresInspection.ANNOUNCED
            + "and c.id > ? and"
            + LACKS
            + "order by c.id limit ?",
        SourceRows::chunk,
        after == null ? FIRST : after.value(),
        id(model),
        limit);
  }

  @Override
  public List<Chunk> lackingOf(VersionRef ref, EmbeddingModel model, int limit) {
    return sql.list(
        "select c.* "
            + PostgresInspection.EXPECTED
            + "where c.source_id = ? and c.version = ? and"
            + LACKS
            + "order by c.ordinal limit ?",
        SourceRows::chunk,
        ref.source().value(),
        ref.version(),
        id(model),
        limit);
  }

  private int id(EmbeddingModel model) {
    return models.idOf(model).orElse(0);
  }

  /** An erasure that removes a chunk just now waits, and takes the embedding with it. */
  @Override
  public void keep(EmbeddingModel model, Map<ChunkId, float[]> embeddings) {
    if (embeddings.values().stream().anyMatch(vector -> vector.length != model.dimension())) {
      throw new IllegalArgumentException("An embedding has not the model's dimension.");
    }
    List<Map.Entry<ChunkId, float[]>> entries = List.copyOf(embeddings.entrySet());
    sql.inTransaction(() ->
        sql.update(
            """
            insert into embeddings (chunk_id, model_id, tenant_id, vector)
            select there.id, ?, there.tenant_id, given.vector
            from unnest(?::uuid[], ?::bytea[]) as given (id, vector)
            join (select c.id, c.tenant_id from chunks c where c.id = any (?) order by c.id
              for key share) there on there.id = given.id
            on conflict (chunk_id, model_id) do update set vector = excluded.vector
            """,
            models.idOfNew(model),
            ids(entries),
            entries.stream().map(e -> FloatBytes.encode(e.getValue())).toArray(byte[][]::new),
            ids(entries)));
  }

  private static UUID[] ids(List<Map.Entry<ChunkId, float[]>> entries) {
    return entries.stream().map(entry -> entry.getKey().value()).toArray(UUID[]::new);
  }

  @Override
  public Coverage coverage(EmbeddingModel model) {
    return sql.one(
        "select count(*) as expected, count(e.chunk_id) as embedded "
            + PostgresInspection.EXPECTED
            + "left join embeddings e on e.chunk_id = c.id and e.model_id = ? where "
            + PostgresInspection.ANNOUNCED,
        row -> new Coverage(row.number("embedded"), row.number("expected")),
        id(model));
  }
}
