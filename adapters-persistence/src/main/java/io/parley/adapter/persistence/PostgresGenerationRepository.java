package io.parley.adapter.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The generations. */
final class PostgresGenerationRepository implements GenerationRepository {

  private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};
  private static final String SELECT =
      """
      select g.id, g.store, g.settings, g.state, g.created_at, m.provider, m.name, m.dimension
      from generations g join embedding_models m on m.id = g.model_id
      """;

  private final Sql sql;
  private final EmbeddingModels models;

  PostgresGenerationRepository(Sql sql) {
    this.sql = sql;
    this.models = new EmbeddingModels(sql);
  }

  private Optional<Generation> serving() {
    return sql.find(
        SELECT + " where g.state = 'serving'", PostgresGenerationRepository::generation);
  }

  @Override
  public Generation servingOrCreate(Supplier<Generation> make) {
    return serving()
        .orElseGet(() ->
            sql.inTransaction(() -> {
              sql.lock("serving generation");
              return serving().orElseGet(() -> insert(make.get()));
            }));
  }

  private Generation insert(Generation generation) {
    if (generation.state() != Generation.State.SERVING) {
      throw new IllegalArgumentException("The first generation serves.");
    }
    sql.update(
        """
        insert into generations (id, model_id, store, settings, state, created_at)
        values (?, ?, ?, ?, ?, ?)
        """,
        generation.id().value(),
        models.idOfNew(generation.model()),
        generation.store(),
        Json.of(generation.settings()),
        generation.state(),
        generation.createdAt());
    return serving().orElseThrow();
  }

  @Override
  public List<Generation> all() {
    return sql.list(
        SELECT + " order by g.created_at desc, g.id", PostgresGenerationRepository::generation);
  }

  private static Generation generation(Row row) throws SQLException {
    return new Generation(
        new GenerationId(row.uuid("id")),
        EmbeddingModels.model(row),
        row.text("store"),
        Json.read(row.text("settings"), SETTINGS),
        row.constant("state", Generation.State.class),
        row.instant("created_at"));
  }
}
