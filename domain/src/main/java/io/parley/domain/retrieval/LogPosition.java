package io.parley.domain.retrieval;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a follower has read the log. The entry's id tells a follower whether the log is still the
 * one that it read: after the database was restored to an earlier state, another entry, or none,
 * stands at the position, and the follower starts over.
 *
 * @param position the position of the last entry applied; 0 before the first
 * @param entry that entry's id; absent at 0
 */
public record LogPosition(long position, @Nullable UUID entry) {

  /** Before the first entry. */
  public static final LogPosition START = new LogPosition(0, null);

  public LogPosition {
    if (position < 0 || (position == 0) != (entry == null)) {
      throw new IllegalArgumentException("Not a position: " + position);
    }
  }
}
