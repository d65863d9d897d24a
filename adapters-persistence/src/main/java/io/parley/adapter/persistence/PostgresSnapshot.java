package io.parley.adapter.persistence;

import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.Transfer.Snapshot;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Tenant;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is selected, within the transaction at hand. */
final class PostgresSnapshot implements Snapshot {

  private static final String LIVING_BOTS =
      """
      bots b join users o on o.id = b.owner_id
      where b.tombstoned_at is null and o.closed_at is null
      """;

  private final Sql sql;
  private final MessageRows messages;
  private final @Nullable UUID bot;

  PostgresSnapshot(Sql sql, Selection selection) {
    this.sql = sql;
    this.messages = new MessageRows(sql);
    this.bot =
        switch (selection) {
          case Selection.Everything _ -> null;
          case Selection.OneBot(BotId id) -> id.value();
        };
  }

  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  private record Vector(UUID chunk, EmbeddingModel model, byte[] bytes) {}

  private record Said(Message message, @Nullable String comment) {}

  /** A statement, and its parameters in their order. */
  private final class Statement {
    private final StringBuilder text;
    private final List<@Nullable Object> parameters = new ArrayList<>();

    Statement(String start, @Nullable Object... given) {
      text = new StringBuilder(start);
      Collections.addAll(parameters, given);
    }

    Statement and(String condition, @Nullable Object parameter) {
      if (parameter != null) {
        text.append(" and ").append(condition);
        parameters.add(parameter);
      }
      return this;
    }

    <T> List<T> list(String order, int limit, Row.Mapper<T> mapper) {
      parameters.add(limit);
      return sql.list(text + " order by " + order + " limit ?", mapper, parameters.toArray());
    }
  }

  private Statement users(String columns) {
    return new Statement("select " + columns + " from users u where u.closed_at is null")
        .and(
            "u.id = (select b.owner_id from bots b where b.id = ? and b.tombstoned_at is null)",
            bot);
  }

  @Override
  public List<Tenant> tenants(@Nullable TenantId after, int limit) {
    Statement statement = new Statement("select t.* from tenants t where true");
    String living = "exists (select from users u where u.tenant_id = t.id and u.closed_at is null";
    if (bot == null) {
      statement.text.append(" and ").append(living).append(")");
    } else {
      statement.and(living + " and u.id = (select owner_id from bots where id = ?))", bot);
    }
    return statement
        .and("t.id > ?", after == null ? null : after.value())
        .list(
            "t.id",
            limit,
            row -> new Tenant(new TenantId(row.uuid("id")), row.instant("created_at")));
  }

  @Override
  public List<User> users(@Nullable UserId after, int limit) {
    return users("u.*")
        .and("u.id > ?", after == null ? null : after.value())
        .list("u.id", limit, PostgresSnapshot::user);
  }

  @Override
  public List<Identity> identities(@Nullable Identity after, int limit) {
    String key = "i.issuer collate \"C\", i.subject collate \"C\", i.tenant_id";
    Statement statement =
        new Statement(
                "select i.* from identities i join users u on u.id = i.user_id"
                    + " where u.closed_at is null")
            .and("u.id = (select owner_id from bots where id = ?)", bot);
    if (after != null) {
      statement.text.append(" and (").append(key).append(") > (?, ?, ?)");
      Collections.addAll(
          statement.parameters, after.issuer(), after.subject(), after.tenant().value());
    }
    return statement.list(
        key,
        limit,
        row ->
            new Identity(
                row.text("issuer"),
                row.text("subject"),
                new TenantId(row.uuid("tenant_id")),
                new UserId(row.uuid("user_id"))));
  }

  @Override
  public List<Bot> bots(@Nullable BotId after, int limit) {
    return new Statement("select b.* from " + LIVING_BOTS)
        .and("b.id = ?", bot)
        .and("b.id > ?", after == null ? null : after.value())
        .list("b.id", limit, BotRow::bot);
  }

  @Override
  public List<ArchivedSource> sources(@Nullable SourceId after, int limit) {
    return new Statement(
            "select s.* from sources s where s.tombstoned_at is null"
                + " and exists (select from "
                + LIVING_BOTS
                + " and b.id = s.bot_id)")
        .and("s.bot_id = ?", bot)
        .and("s.id > ?", after == null ? null : after.value())
        .list("s.id", limit, PostgresSnapshot::source);
  }

  @Override
  public List<Stored> versions(SourceId source, int after, int limit) {
    return new Statement(
            "select v.* from source_versions v where v.source_id = ? and v.version > ?",
            source.value(),
            after)
        .list("v.version", limit, row -> stored(row, source));
  }

  @Override
  public List<PageText> pages(VersionRef ref, int after, int limit) {
    return new Statement(
            "select number, label, text, blocks from pages"
                + " where source_id = ? and version = ? and number > ?",
            ref.source().value(),
            ref.version(),
            after)
        .list("number", limit, IngestedText::page);
  }

  @Override
  public List<ArchivedChunk> chunks(VersionRef ref, int after, int limit) {
    List<Chunk> chunks =
        new Statement(
                "select c.* from chunks c"
                    + " where c.source_id = ? and c.version = ? and c.ordinal > ?",
                ref.source().value(),
                ref.version(),
                after)
            .list("c.ordinal", limit, SourceRows::chunk);
    Map<ChunkId, Map<EmbeddingModel, float[]>> embeddings = embeddings(chunks);
    return chunks.stream()
        .map(chunk -> new ArchivedChunk(chunk, embeddings.getOrDefault(chunk.id(), Map.of())))
        .toList();
  }

  private Map<ChunkId, Map<EmbeddingModel, float[]>> embeddings(List<Chunk> chunks) {
    UUID[] ids = chunks.stream().map(chunk -> chunk.id().value()).toArray(UUID[]::new);
    List<Vector> vectors =
        sql.list(
            """
            select e.chunk_id, e.vector, m.provider, m.name, m.dimension
            from embeddings e join embedding_models m on m.id = e.model_id
            where e.chunk_id = any (?)
            """,
            row ->
                new Vector(row.uuid("chunk_id"), EmbeddingModels.model(row), row.bytes("vector")),
            (Object) ids);
    Map<ChunkId, Map<EmbeddingModel, float[]>> byChunk = new HashMap<>();
    vectors.forEach(vector ->
        byChunk
            .computeIfAbsent(new ChunkId(vector.chunk()), key -> new HashMap<>())
            .put(vector.model(), FloatBytes.decode(vector.bytes())));
    return byChunk;
  }

  @Override
  public List<Conversation> conversations(@Nullable ConversationId after, int limit) {
    return new Statement(
            "select c.* from conversations c join users u on u.id = c.asker_id"
                + " where u.closed_at is null")
        .and("c.bot_id = ?", bot)
        .and("c.asker_id = (select b.owner_id from bots b where b.id = ?)", bot)
        .and("c.id > ?", after == null ? null : after.value())
        .list("c.id", limit, PostgresConversationRepository::conversation);
  }

  @Override
  public List<ArchivedMessage> messages(ConversationId conversation, int skip, int limit) {
    List<Said> said =
        sql.list(
            "select * from messages where conversation_id = ? order by ordinal limit ? offset ?",
            row -> new Said(MessageRows.message(row), row.nullableText("rating_comment")),
            conversation.value(),
            limit,
            skip);
    List<Message> whole = messages.withCitations(said.stream().map(Said::message).toList());
    List<ArchivedMessage> all = new ArrayList<>(whole.size());
    for (int i = 0; i < whole.size(); i++) {
      all.add(new ArchivedMessage(whole.get(i), said.get(i).comment()));
    }
    return all;
  }

  private static User user(Row row) throws SQLException {
    String hash = row.nullableText("password_hash");
    return new User(
        new UserId(row.uuid("id")),
        new TenantId(row.uuid("tenant_id")),
        row.nullableText("username"),
        row.nullableText("email"),
        row.nullableText("first_name"),
        row.nullableText("last_name"),
        hash == null ? null : new PasswordHash(hash),
        row.integer("password_version"),
        row.bool("is_staff"),
        row.bool("is_active"),
        row.bool("is_verified"),
        row.instant("date_joined"),
        row.nullableInstant("last_login"),
        row.text("subscription_status"),
        row.nullableUuid("subscription_plan_id"));
  }

  private static ArchivedSource source(Row row) throws SQLException {
    return new ArchivedSource(
        new SourceId(row.uuid("id")),
        new BotId(row.uuid("bot_id")),
        row.constant("type", SourceType.class),
        row.nullableText("slug"),
        row.integer("last_version"),
        row.integer("newest_version"),
        row.nullableInteger("serving_version"),
        row.instant("created_at"));
  }

  private static Stored stored(Row row, SourceId source) throws SQLException {
    VersionRef ref = new VersionRef(source, row.integer("version"));
    ArchivedVersion version =
        new ArchivedVersion(
            ref,
            new DocumentName(row.text("name")),
            SourceRows.contentType(row),
            row.number("size"),
            row.text("sha256"),
            SourceRows.metadata(row),
            row.nullableText("language"),
            row.nullableText("title"),
            row.constant("status", DocumentStatus.class),
            row.constant("step", Step.class),
            row.nullableInteger("page_count"),
            row.integer("chunk_count"),
            row.nullableText("error_message"),
            row.instant("uploaded_at"),
            row.nullableInstant("processed_at"));
    return new Stored(version, SourceRows.blobKey(row, ref));
  }
}
