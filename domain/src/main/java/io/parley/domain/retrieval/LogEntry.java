package io.parley.domain.retrieval;

import io.parley.domain.account.TenantId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of what is searchable.
 *
 * @param position dense, from 1, in the order of the commits
 * @param version the version concerned; absent when the whole source is gone
 */
public record LogEntry(
    long position,
    UUID id,
    Change change,
    TenantId tenant,
    BotId bot,
    SourceId source,
    @Nullable Integer version) {

  /** What happened. */
  public enum Change {
    /** All chunks of a version have their embeddings. */
    VERSION_ADDED,
    /** A version was replaced, cancelled or has failed: its chunks go. */
    VERSION_REMOVED,
    /** A source was erased: all chunks of all its versions go. */
    SOURCE_REMOVED
  }

  public LogEntry {
    if ((change == Change.SOURCE_REMOVED) != (version == null)) {
      throw new IllegalArgumentException("A version's change names the version.");
    }
  }

  public LogPosition at() {
    return new LogPosition(position, id);
  }
}
