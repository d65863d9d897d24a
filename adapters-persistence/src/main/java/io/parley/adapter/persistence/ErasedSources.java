package io.parley.adapter.persistence;

import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.Message;
import io.parley.domain.document.SourceId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which cited sources are tombstoned, or were: the log remembers the removed ones. Their rows are
 * held until the transaction ends, so that a tombstone comes either before, and is seen here, or
 * after, and its blanking sees the answer.
 */
final class ErasedSources {

  private final Sql sql;

  ErasedSources(Sql sql) {
    this.sql = sql;
  }

  /**
   * To be asked before any other row is locked: tombstoning locks bots, then sources, then talks.
   */
  Set<SourceId> among(List<Message> messages) {
    UUID[] cited =
        messages.stream()
            .flatMap(message -> message.citations().stream())
            .map(CitationRef::source)
            .distinct()
            .map(SourceId::value)
            .toArray(UUID[]::new);
    return cited.length == 0 ? Set.of() : tombstoned(cited);
  }

  private Set<SourceId> tombstoned(UUID[] cited) {
    sql.list(
        """
        select id from bots where id in (select bot_id from sources where id = any (?))
        order by id for share
        """,
        row -> true,
        (Object) cited);
    sql.list(
        "select id from sources where id = any (?) order by id for share",
        row -> true,
        (Object) cited);
    return sql
        .list(
            """
            select s.id from sources s join bots b on b.id = s.bot_id
            where s.id = any (?) and (s.tombstoned_at is not null or b.tombstoned_at is not null)
            union select source_id from change_log
            where source_id = any (?) and change = 'source_removed'
            """,
            row -> new SourceId(row.uuid("id")),
            cited,
            cited)
        .stream()
        .collect(Collectors.toSet());
  }
}
