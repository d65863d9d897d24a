package io.parley.adapter.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.Generation.State;
import io.parley.domain.retrieval.GenerationId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The generations. Whoever changes a state holds one lock. */
final class PostgresGenerationRepository implements GenerationRepository {

  private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};
  private static final String SELECT =
      """
      select g.id, g.store, g.settings, g.state, g.created_at, m.provider, m.name, m.dimension
      from generations g join embedding_models m on m.id = g.model_id
      """;

  /** A follower f that lives, serves and has passed a position. */
  private static final String READY =
      " f.generation_id = ? and f.serving and f.seen_at >= ? and f.position >= ? ";

  private final Sql sql;
  private final EmbeddingModels models;

  PostgresGenerationRepository(Sql sql) {
    this.sql = sql;
    this.models = new EmbeddingModels(sql);
  }

  private Optional<Generation> in(State state) {
    return sql.find(SELECT + " where g.state = ?", PostgresGenerationRepository::generation, state);
  }

  @Override
  public Generation servingOrCreate(Supplier<Generation> make) {
    return in(State.SERVING)
        .orElseGet(() ->
            locked(() -> in(State.SERVING).orElseGet(() -> insert(make.get(), State.SERVING))));
  }

  private <T> T locked(Supplier<T> change) {
    return sql.inTransaction(() -> {
      sql.lock("serving generation");
      return change.get();
    });
  }

  private Generation insert(Generation generation, State state) {
    requireState(generation, state);
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
    return in(state).orElseThrow();
  }

  private static void requireState(Generation generation, State state) {
    if (generation.state() != state) {
      throw new IllegalArgumentException("It must be " + state + ".");
    }
  }

  @Override
  public List<Generation> all() {
    return sql.list(
        SELECT + " order by g.created_at desc, g.id", PostgresGenerationRepository::generation);
  }

  @Override
  public boolean replaceUnused(Generation by, UUID server, Instant now) {
    requireState(by, State.SERVING);
    return locked(() -> {
      boolean unused =
          sql.exists(
              """
              select 1 where (select position from change_log_head) = 0
                and not exists (select from chunks) and 1 = (select count(*) from generations)
                and not exists (select from followers where seen_at >= ?
                  and (server_id <> ? or server_id is null and holder <> ?))
              """,
              alive(now),
              server,
              server);
      if (unused) {
        sql.update("delete from followers where server_id is null or server_id = ?", server);
        sql.update("delete from generations");
        insert(by, State.SERVING);
      }
      return unused;
    });
  }

  private static Instant alive(Instant now) {
    return now.minus(IndexFeed.GONE_AFTER);
  }

  @Override
  public boolean build(Generation generation) {
    requireState(generation, State.BUILDING);
    return unlessOneIsBuilt(() -> {
      insert(generation, State.BUILDING);
      return true;
    });
  }

  @Override
  public boolean resume(GenerationId id) {
    return unlessOneIsBuilt(() -> change(id, State.RETIRED, State.BUILDING));
  }

  private boolean unlessOneIsBuilt(BooleanSupplier change) {
    return locked(() -> in(State.BUILDING).isEmpty() && change.getAsBoolean());
  }

  @Override
  public boolean retire(GenerationId id) {
    return locked(() -> change(id, State.BUILDING, State.RETIRED));
  }

  private boolean change(GenerationId id, State from, State to) {
    return sql.update(
            "update generations set state = ? where id = ? and state = ?", to, id.value(), from)
        == 1;
  }

  @Override
  public boolean serve(GenerationId id, long position, Instant now) {
    return locked(() -> {
      boolean built = in(State.BUILDING).filter(g -> g.id().equals(id)).isPresent();
      if (!built || !isEverywhere(id, position, now)) {
        return false;
      }
      sql.update("update generations set state = 'retired' where state = 'serving'");
      return change(id, State.BUILDING, State.SERVING);
    });
  }

  private boolean isEverywhere(GenerationId id, long position, Instant now) {
    return sql.exists("select 1 from followers f where" + READY, id.value(), alive(now), position)
        && !sql.exists(
            """
            select 1 from followers s where s.server_id is not null and s.seen_at >= ?
              and not exists (select from followers f
                where (f.server_id is null or f.server_id = s.server_id) and
            """
                + READY
                + ")",
            alive(now),
            id.value(),
            alive(now),
            position);
  }

  @Override
  public boolean remove(GenerationId id, Instant now) {
    return locked(() -> {
      boolean unused =
          sql.exists(
              """
              select 1 from generations g where g.id = ? and g.state = 'retired'
                and not exists (select from followers f
                  where f.generation_id = g.id and f.serving and f.seen_at >= ?)
              """,
              id.value(),
              alive(now));
      if (unused) {
        sql.update(
            """
            update erasure_removals r set evidence = 'accepted', at = ?
            where r.generation_id = ? and r.evidence = 'pending'
            """,
            now,
            id.value());
        sql.update("delete from generations where id = ?", id.value());
      }
      return unused;
    });
  }

  @Override
  public boolean take(GenerationId id, UUID server, Duration leaseFor, Instant now) {
    return sql.update(
            """
            update generations g set holder = ?, held_until = ?
            where g.id = ? and (g.holder is null or g.holder = ? or g.held_until <= ?)
            """,
            server,
            now.plus(leaseFor),
            id.value(),
            server,
            now)
        == 1;
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
