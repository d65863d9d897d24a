package io.parley.domain.transfer;

import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source without its versions.
 *
 * @param slug the name of a chapter within its bot
 * @param lastVersion the highest number that was given out
 * @param newestVersion the highest version that was stored
 * @param servingVersion the one that answers, absent while none does
 */
public record ArchivedSource(
    SourceId id,
    BotId bot,
    SourceType type,
    @Nullable String slug,
    int lastVersion,
    int newestVersion,
    @Nullable Integer servingVersion,
    Instant createdAt) {

  public ArchivedSource {
    if (newestVersion < 1 || newestVersion > lastVersion) {
      throw new IllegalArgumentException(
          "the newest version must be one of those that were given out");
    }
    if (servingVersion != null && (servingVersion < 1 || servingVersion > newestVersion)) {
      throw new IllegalArgumentException("a version serves that is not there");
    }
  }

  /** Whether this version answers. */
  public boolean serves(int version) {
    return servingVersion != null && servingVersion == version;
  }
}
