package io.parley.adapter.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogEntry.Change;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The writing side of the log. */
final class PostgresChangeLog implements ChangeLog {

  private final LogRows log;

  PostgresChangeLog(Sql sql) {
    this.log = new LogRows(sql);
  }

  @Override
  public Optional<LogEntry> versionAdded(BotScope scope, VersionRef ref) {
    scope.require(Permission.WRITE);
    return switch (log.lock(scope.tenant(), scope.bot(), ref.source())) {
      case SHOWN -> Optional.of(append(Change.VERSION_ADDED, scope, ref.source(), ref.version()));
      case TOMBSTONED -> Optional.empty();
      case MISSING -> throw noSuchSource();
    };
  }

  @Override
  public LogEntry versionRemoved(BotScope scope, VersionRef ref) {
    return append(Change.VERSION_REMOVED, scope, ref.source(), ref.version());
  }

  @Override
  public LogEntry sourceRemoved(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return log.removal(scope.tenant(), scope.bot(), source)
        .orElseGet(() -> append(Change.SOURCE_REMOVED, scope, source, null));
  }

  @Override
  public LogEntry sourceRemovedAgain(BotScope scope, SourceId source) {
    return append(Change.SOURCE_REMOVED, scope, source, null);
  }

  private LogEntry append(
      Change change, BotScope scope, SourceId source, @Nullable Integer version) {
    scope.require(Permission.WRITE);
    return log.append(change, scope.tenant(), scope.bot(), source, version)
        .orElseThrow(PostgresChangeLog::noSuchSource);
  }

  private static IllegalStateException noSuchSource() {
    return new IllegalStateException("The scope's bot has no such source.");
  }
}
