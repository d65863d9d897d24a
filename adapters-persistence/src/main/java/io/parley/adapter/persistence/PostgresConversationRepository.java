package io.parley.adapter.persistence;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.ConversationRepository;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class PostgresConversationRepository implements ConversationRepository {

  private static final String OWN = "id = ? and asker_id = ? and tenant_id = ?";

  private final Sql sql;
  private final MessageRows messages;
  private final ErasedSources erased;

  PostgresConversationRepository(Sql sql) {
    this.sql = sql;
    this.messages = new MessageRows(sql);
    this.erased = new ErasedSources(sql);
  }

  @Override
  public Optional<Conversation> create(
      UserScope scope, ConversationId id, BotId bot, String title, Metadata metadata, Instant now) {
    return sql.find(
        """
        with asked as (select id from bots where id = ? and tombstoned_at is null for share)
        insert into conversations (id, tenant_id, asker_id, bot_id, title, metadata, created_at,
          updated_at)
        select ?, ?, ?, asked.id, ?, ?, ?::timestamptz, ?::timestamptz from asked
        returning *
        """,
        PostgresConversationRepository::conversation,
        bot.value(),
        id.value(),
        scope.tenant().value(),
        scope.user().value(),
        title,
        Json.of(metadata.values()),
        now,
        now);
  }

  @Override
  public Optional<Conversation> find(UserScope scope, ConversationId id) {
    return sql.find(
        "select * from conversations where " + OWN,
        PostgresConversationRepository::conversation,
        own(scope, id));
  }

  @Override
  public Listing<Conversation> list(UserScope scope, BotId bot, ListRequest request) {
    return sql.listing(
        request,
        "*",
        "conversations where asker_id = ? and tenant_id = ? and bot_id = ?",
        "created_at desc, id",
        PostgresConversationRepository::conversation,
        scope.user().value(),
        scope.tenant().value(),
        bot.value());
  }

  @Override
  public Optional<Conversation> update(
      UserScope scope, ConversationId id, String title, Metadata metadata, Instant now) {
    return sql.find(
        "update conversations set title = ?, metadata = ?, updated_at = ? where "
            + OWN
            + " returning *",
        PostgresConversationRepository::conversation,
        title,
        Json.of(metadata.values()),
        now,
        id.value(),
        scope.user().value(),
        scope.tenant().value());
  }

  @Override
  public boolean delete(UserScope scope, ConversationId id) {
    return sql.update("delete from conversations where " + OWN, own(scope, id)) == 1;
  }

  @Override
  public boolean add(UserScope scope, ConversationId id, List<Message> added, Instant now) {
    return sql.inTransaction(() -> {
      Set<SourceId> gone = erased.among(added);
      List<Message> kept = added.stream().map(message -> message.without(gone)).toList();
      // Holds the conversation's row, so that the ordinals of two writers do not meet.
      Optional<Integer> before =
          sql.find(
              "update conversations set updated_at = ?, message_count = message_count + ? where "
                  + OWN
                  + " returning message_count",
              row -> row.integer("message_count") - added.size(),
              now,
              added.size(),
              id.value(),
              scope.user().value(),
              scope.tenant().value());
      before.ifPresent(ordinal -> {
        messages.insert(scope.tenant(), id, kept, ordinal);
        added.stream()
            .filter(message -> !message.without(gone).equals(message))
            .forEach(blanked -> untitle(scope, id, blanked));
      });
      return before.isPresent();
    });
  }

  /** A title that begins with a blanked answer goes with it. */
  private void untitle(UserScope scope, ConversationId id, Message blanked) {
    sql.update(
        """
        update conversations set title = 'Conversation'
        where rtrim(title, ' .…') <> '' and starts_with(?, rtrim(title, ' .…')) and
        """
            + OWN,
        blanked.content(),
        id.value(),
        scope.user().value(),
        scope.tenant().value());
  }

  @Override
  public boolean takeTurn(
      UserScope scope, ConversationId id, UUID turn, Instant now, Instant until) {
    return sql.update(
            "update conversations set turn = ?, turn_until = ? where "
                + OWN
                + " and (turn is null or turn_until <= ?)",
            turn,
            until,
            id.value(),
            scope.user().value(),
            scope.tenant().value(),
            now)
        == 1;
  }

  @Override
  public boolean keepTurn(UserScope scope, ConversationId id, UUID turn, Instant until) {
    return sql.update(
            "update conversations set turn_until = ? where " + OWN + " and turn = ?",
            until,
            id.value(),
            scope.user().value(),
            scope.tenant().value(),
            turn)
        == 1;
  }

  @Override
  public void endTurn(UserScope scope, ConversationId id, UUID turn) {
    sql.update(
        "update conversations set turn = null, turn_until = null where " + OWN + " and turn = ?",
        id.value(),
        scope.user().value(),
        scope.tenant().value(),
        turn);
  }

  @Override
  public Optional<Listing<Message>> messages(
      UserScope scope, ConversationId id, ListRequest request) {
    return find(scope, id).map(found -> messages.list(scope.tenant(), id, request));
  }

  @Override
  public List<Message> latest(UserScope scope, ConversationId id, int limit) {
    return find(scope, id)
        .map(found -> messages.latest(scope.tenant(), id, limit))
        .orElse(List.of());
  }

  @Override
  public boolean rate(UserScope scope, MessageId message, int rating, @Nullable String comment) {
    if (rating != -1 && rating != 1) {
      throw new IllegalArgumentException("A rating is -1 or 1.");
    }
    return sql.update(
            """
            update messages set rating = ?, rating_comment = ?
            where id = ? and tenant_id = ? and role = 'assistant' and conversation_id in
              (select id from conversations where asker_id = ? and tenant_id = ?)
            """,
            rating,
            comment,
            message.value(),
            scope.tenant().value(),
            scope.user().value(),
            scope.tenant().value())
        == 1;
  }

  private static Object[] own(UserScope scope, ConversationId id) {
    return new Object[] {id.value(), scope.user().value(), scope.tenant().value()};
  }

  static Conversation conversation(Row row) throws SQLException {
    return new Conversation(
        new ConversationId(row.uuid("id")),
        new TenantId(row.uuid("tenant_id")),
        new UserId(row.uuid("asker_id")),
        new BotId(row.uuid("bot_id")),
        row.text("title"),
        Json.metadata(row.text("metadata")),
        row.integer("message_count"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
