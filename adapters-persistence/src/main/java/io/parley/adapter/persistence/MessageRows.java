package io.parley.adapter.persistence;

import io.parley.domain.account.TenantId;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.TextSpan;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code messages} and {@code citations}. Whose conversation it is was checked before. */
final class MessageRows {

  private final Sql sql;

  MessageRows(Sql sql) {
    this.sql = sql;
  }

  private record Cited(UUID message, CitationRef ref) {}

  void insert(TenantId tenant, ConversationId id, List<Message> messages, int firstOrdinal) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<@Nullable Object[]> citations = new ArrayList<>();
    for (Message message : messages) {
      rows.add(row(tenant, id, message, firstOrdinal + rows.size()));
      message.citations().forEach(ref -> citations.add(row(tenant, message.id(), ref)));
    }
    sql.batch(
        """
        insert into messages (id, tenant_id, conversation_id, ordinal, role, content, blanked,
          prompt_tokens, completion_tokens, response_time_ms, rating, created_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        rows);
    sql.batch(
        """
        insert into citations (message_id, index, tenant_id, chunk_id, source_id, quote_start,
          quote_end, score)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        citations);
  }

  private static @Nullable Object[] row(
      TenantId tenant, ConversationId id, Message message, int ordinal) {
    TokenUsage usage = message.usage();
    return new @Nullable Object[] {
      message.id().value(),
      tenant.value(),
      id.value(),
      ordinal,
      message.role(),
      message.content(),
      message.blanked(),
      usage == null ? null : usage.promptTokens(),
      usage == null ? null : usage.completionTokens(),
      message.responseTime(),
      message.rating(),
      message.createdAt()
    };
  }

  private static @Nullable Object[] row(TenantId tenant, MessageId message, CitationRef ref) {
    return new @Nullable Object[] {
      message.value(),
      ref.index(),
      tenant.value(),
      ref.chunk().value(),
      ref.source().value(),
      ref.quote().start(),
      ref.quote().end(),
      ref.score()
    };
  }

  Listing<Message> list(TenantId tenant, ConversationId id, ListRequest request) {
    Listing<Message> bare =
        sql.listing(
            request,
            "*",
            "messages where conversation_id = ? and tenant_id = ?",
            "ordinal",
            MessageRows::message,
            id.value(),
            tenant.value());
    return new Listing<>(withCitations(tenant, bare.items()), bare.total(), request);
  }

  List<Message> latest(TenantId tenant, ConversationId id, int limit) {
    List<Message> newestFirst =
        sql.list(
            """
            select * from messages
            where conversation_id = ? and tenant_id = ? and not blanked
            order by ordinal desc limit ?
            """,
            MessageRows::message,
            id.value(),
            tenant.value(),
            limit);
    return withCitations(tenant, newestFirst.reversed());
  }

  private List<Message> withCitations(TenantId tenant, List<Message> bare) {
    List<Cited> cited =
        sql.list(
            """
            select * from citations where message_id = any (?) and tenant_id = ?
            order by message_id, index
            """,
            MessageRows::cited,
            ids(bare),
            tenant.value());
    return with(bare, cited);
  }

  /** For maintenance, across tenants. */
  List<Message> withCitations(List<Message> bare) {
    List<Cited> cited =
        sql.list(
            "select * from citations where message_id = any (?) order by message_id, index",
            MessageRows::cited,
            (Object) ids(bare));
    return with(bare, cited);
  }

  private static UUID[] ids(List<Message> messages) {
    return messages.stream().map(message -> message.id().value()).toArray(UUID[]::new);
  }

  private static Cited cited(Row row) throws SQLException {
    return new Cited(row.uuid("message_id"), citation(row));
  }

  private static List<Message> with(List<Message> bare, List<Cited> cited) {
    Map<UUID, List<CitationRef>> byMessage = new HashMap<>();
    cited.forEach(
        c -> byMessage.computeIfAbsent(c.message(), key -> new ArrayList<>()).add(c.ref()));
    return bare.stream()
        .map(m -> with(m, byMessage.getOrDefault(m.id().value(), List.of())))
        .toList();
  }

  private static Message with(Message m, List<CitationRef> citations) {
    return new Message(
        m.id(),
        m.conversation(),
        m.role(),
        m.content(),
        citations,
        m.blanked(),
        m.createdAt(),
        m.usage(),
        m.responseTime(),
        m.rating());
  }

  static Message message(Row row) throws SQLException {
    Integer prompt = row.nullableInteger("prompt_tokens");
    Integer completion = row.nullableInteger("completion_tokens");
    return new Message(
        new MessageId(row.uuid("id")),
        new ConversationId(row.uuid("conversation_id")),
        row.constant("role", Message.Role.class),
        row.text("content"),
        List.of(),
        row.bool("blanked"),
        row.instant("created_at"),
        prompt == null || completion == null ? null : new TokenUsage(prompt, completion),
        row.nullableInteger("response_time_ms"),
        row.nullableInteger("rating"));
  }

  private static CitationRef citation(Row row) throws SQLException {
    return new CitationRef(
        row.integer("index"),
        new ChunkId(row.uuid("chunk_id")),
        new SourceId(row.uuid("source_id")),
        new TextSpan(row.integer("quote_start"), row.integer("quote_end")),
        row.decimal("score"));
  }
}
