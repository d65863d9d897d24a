package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.retrieval.LogEntry;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The writing side of the log in memory. */
final class InMemoryChangeLog implements ChangeLog {

  private final InMemoryKnowledge knowledge;

  InMemoryChangeLog(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public Optional<LogEntry> versionAdded(BotScope scope, VersionRef ref) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() -> {
      boolean tombstoned =
          knowledge.source(scope, ref.source()).filter(KeptSource::tombstoned).isPresent();
      return tombstoned
          ? Optional.empty()
          : Optional.of(append(LogEntry.Change.VERSION_ADDED, scope, ref.source(), ref.version()));
    });
  }

  @Override
  public LogEntry versionRemoved(BotScope scope, VersionRef ref) {
    return append(LogEntry.Change.VERSION_REMOVED, scope, ref.source(), ref.version());
  }

  @Override
  public LogEntry sourceRemoved(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() ->
        removal(scope, source)
            .orElseGet(() -> append(LogEntry.Change.SOURCE_REMOVED, scope, source, null)));
  }

  @Override
  public LogEntry sourceRemovedAgain(BotScope scope, SourceId source) {
    return append(LogEntry.Change.SOURCE_REMOVED, scope, source, null);
  }

  private Optional<LogEntry> removal(BotScope scope, SourceId source) {
    return knowledge
        .log
        .values()
        .filter(entry -> entry.change() == LogEntry.Change.SOURCE_REMOVED)
        .filter(entry -> entry.source().equals(source))
        .filter(entry -> entry.bot().equals(scope.bot()) && entry.tenant().equals(scope.tenant()))
        .max(Comparator.comparingLong(LogEntry::position));
  }

  private LogEntry append(
      LogEntry.Change change, BotScope scope, SourceId source, @Nullable Integer version) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() -> {
      if (knowledge.source(scope, source).isEmpty()) {
        throw new IllegalStateException("The scope's bot has no such source.");
      }
      return knowledge.append(change, scope.tenant(), scope.bot(), source, version);
    });
  }
}
