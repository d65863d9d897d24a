package io.parley.adapter.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.PageText;
import io.parley.domain.document.Progress;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.retrieval.EmbeddingModel;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The products of the steps. Each statement touches only versions that are still at work in the
 * scope: on others it does nothing.
 */
final class PostgresIngestionRepository implements IngestionRepository {

  /** A version at work, as v; its parameters are those of {@link #at}. */
  static final String AT_WORK =
      """
      v.source_id = ? and v.version = ? and v.tenant_id = ? and v.bot_id = ?
      and v.status in ('pending', 'processing')
      and exists (select from sources s join bots b on b.id = s.bot_id
        where s.id = v.source_id and s.tombstoned_at is null and b.tombstoned_at is null)
      """;

  private final Sql sql;
  private final EmbeddingModels models;
  private final IngestedText texts;

  PostgresIngestionRepository(Sql sql) {
    this.sql = sql;
    this.models = new EmbeddingModels(sql);
    this.texts = new IngestedText(sql);
  }

  @Override
  public Optional<Work> find(BotScope scope, VersionRef ref) {
    scope.require(Permission.WRITE);
    return sql.find(
        "select v.* from source_versions v where " + AT_WORK,
        row -> work(row, ref),
        at(scope, ref));
  }

  private static Work work(Row row, VersionRef ref) throws SQLException {
    Integer pages = row.nullableInteger("page_count");
    return new Work(
        ref,
        SourceRows.blobKey(row, ref),
        SourceRows.contentType(row),
        row.number("size"),
        row.text("sha256"),
        SourceRows.progress(row),
        row.nullableText("title"),
        pages == null ? 0 : pages,
        row.integer("chunk_count"));
  }

  @Override
  public void progress(BotScope scope, VersionRef ref, Progress progress) {
    change(
        scope,
        ref,
        "status = 'processing', step = ?, step_done = ?, step_total = ?, step_remaining = ?::integer",
        progress.step(),
        progress.done(),
        progress.total(),
        progress.remainingSeconds());
  }

  @Override
  public void pause(BotScope scope, VersionRef ref) {
    change(scope, ref, "step_remaining = null");
  }

  @Override
  public void clearPages(BotScope scope, VersionRef ref) {
    scope.require(Permission.WRITE);
    texts.clearPages(scope, ref);
  }

  @Override
  public void addPages(BotScope scope, VersionRef ref, List<PageText> pages) {
    scope.require(Permission.WRITE);
    texts.addPages(scope, ref, pages);
  }

  @Override
  public void extracted(
      BotScope scope,
      VersionRef ref,
      @Nullable String title,
      @Nullable String language,
      int pages) {
    pass(
        scope,
        ref,
        Step.EXTRACTED,
        "title = ?, language = ?, page_count = ?, step_done = 0, step_total = ?",
        title,
        language,
        pages,
        pages);
  }

  @Override
  public List<PageText> pagesAfter(BotScope scope, VersionRef ref, int page, int limit) {
    scope.require(Permission.WRITE);
    return texts.pagesAfter(scope, ref, page, limit);
  }

  @Override
  public Cut cutUpTo(BotScope scope, VersionRef ref, int page) {
    scope.require(Permission.WRITE);
    return sql.inTransaction(() -> texts.cutUpTo(scope, ref, page));
  }

  @Override
  public void addChunks(BotScope scope, List<Chunk> chunks) {
    scope.require(Permission.WRITE);
    texts.addChunks(scope, chunks);
  }

  @Override
  public void split(BotScope scope, VersionRef ref, int chunks) {
    pass(scope, ref, Step.SPLIT, "chunk_count = ?, step_done = 0, step_total = ?", chunks, chunks);
  }

  @Override
  public List<Chunk> chunksToEmbed(
      BotScope scope, VersionRef ref, EmbeddingModel model, int limit) {
    scope.require(Permission.WRITE);
    return sql.list(
        """
        select c.* from chunks c
        where c.source_id = ? and c.version = ? and c.tenant_id = ? and c.bot_id = ?
          and not exists (select from embeddings e where e.chunk_id = c.id and e.model_id = ?)
        order by c.ordinal limit ?
        """,
        SourceRows::chunk,
        ref.source().value(),
        ref.version(),
        scope.tenant().value(),
        scope.bot().value(),
        models.idOf(model).orElse(0),
        limit);
  }

  @Override
  public void addEmbeddings(
      BotScope scope, EmbeddingModel model, Map<ChunkId, float[]> embeddings) {
    scope.require(Permission.WRITE);
    if (embeddings.values().stream().anyMatch(vector -> vector.length != model.dimension())) {
      throw new IllegalArgumentException("An embedding has not the model's dimension.");
    }
    List<Map.Entry<ChunkId, float[]>> entries = List.copyOf(embeddings.entrySet());
    sql.inTransaction(() ->
        sql.update(
            """
            insert into embeddings (chunk_id, model_id, tenant_id, vector)
            select c.id, ?, c.tenant_id, given.vector
            from unnest(?::uuid[], ?::bytea[]) as given (id, vector)
            join chunks c on c.id = given.id and c.tenant_id = ? and c.bot_id = ?
            on conflict (chunk_id, model_id) do update set vector = excluded.vector
            """,
            models.idOfNew(model),
            entries.stream().map(e -> e.getKey().value()).toArray(UUID[]::new),
            entries.stream().map(e -> FloatBytes.encode(e.getValue())).toArray(byte[][]::new),
            scope.tenant().value(),
            scope.bot().value()));
  }

  @Override
  public void embedded(BotScope scope, VersionRef ref, long logPosition) {
    pass(
        scope,
        ref,
        Step.EMBEDDED,
        "log_position = ?, step_done = chunk_count, step_total = chunk_count",
        logPosition);
  }

  @Override
  public void fail(BotScope scope, VersionRef ref, String sentence, Instant now) {
    change(
        scope,
        ref,
        "status = 'error', step_remaining = null, error_message = ?, processed_at = ?",
        sentence,
        now);
  }

  @Override
  public void removeRows(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    sql.inTransaction(() -> texts.removeRows(scope, source));
  }

  private void pass(
      BotScope scope, VersionRef ref, Step step, String products, @Nullable Object... values) {
    @Nullable Object[] all = new @Nullable Object[values.length + 1];
    System.arraycopy(values, 0, all, 0, values.length);
    all[values.length] = step;
    change(scope, ref, products + ", step_remaining = null, status = 'processing', step = ?", all);
  }

  private void change(
      BotScope scope, VersionRef ref, String assignments, @Nullable Object... values) {
    scope.require(Permission.WRITE);
    @Nullable Object[] key = at(scope, ref);
    @Nullable Object[] all = new @Nullable Object[values.length + key.length];
    System.arraycopy(values, 0, all, 0, values.length);
    System.arraycopy(key, 0, all, values.length, key.length);
    sql.update("update source_versions v set " + assignments + " where " + AT_WORK, all);
  }

  static @Nullable Object[] at(BotScope scope, VersionRef ref) {
    return new @Nullable Object[] {
      ref.source().value(), ref.version(), scope.tenant().value(), scope.bot().value()
    };
  }
}
