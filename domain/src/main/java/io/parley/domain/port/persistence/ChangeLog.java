package io.parley.domain.port.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.LogEntry;
import java.util.Optional;

/**
 * The writing side of the log. An append is part of the caller's transaction and should be its last
 * statement: writers of the log wait for one another until they commit, which is what makes
 * positions dense and their order the order of commits. Every method needs {@code WRITE}, and
 * throws {@link IllegalStateException} when the scope's bot has no such source; a tombstoned one is
 * still there.
 */
public interface ChangeLog {

  /**
   * Empty, and nothing is appended, when the source is tombstoned: what was removed stays removed.
   * Once it is appended, the source cannot be tombstoned before the transaction ends, so that the
   * entry of its removal comes later.
   */
  Optional<LogEntry> versionAdded(BotScope scope, VersionRef ref);

  LogEntry versionRemoved(BotScope scope, VersionRef ref);

  /**
   * A source is removed once: later calls append nothing and answer the last one that is there.
   * Nothing may be added for the source any more.
   */
  LogEntry sourceRemoved(BotScope scope, SourceId source);

  /**
   * Removes a source once more, for an index that holds something of it although it has read the
   * last removal; from now on that is the entry that {@link #sourceRemoved} answers.
   */
  LogEntry sourceRemovedAgain(BotScope scope, SourceId source);
}
