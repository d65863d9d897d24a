package io.parley.domain.document;

import io.parley.domain.bot.BotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document as its owner sees it: its newest version, and how far that is.
 *
 * @param size bytes of the original file
 * @param sha256 hexadecimal checksum of the original file
 * @param servingVersion the version that answers, absent until one is complete
 * @param language ISO 639-1 code of the text where it was recognised
 */
public record Document(
    SourceId id,
    BotId bot,
    DocumentName name,
    ContentType contentType,
    long size,
    String sha256,
    int version,
    @Nullable Integer servingVersion,
    DocumentStatus status,
    Progress progress,
    int chunksCount,
    @Nullable Integer pageCount,
    @Nullable String errorMessage,
    @Nullable String language,
    Metadata metadata,
    Instant uploadedAt,
    @Nullable Instant processedAt) {

  /** The newest version. */
  public VersionRef ref() {
    return new VersionRef(id, version);
  }
}
