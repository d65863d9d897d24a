package io.parley.domain.transfer;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of a source without its text.
 *
 * @param size bytes of the original file
 * @param sha256 of the original file, lower-case hexadecimal
 * @param step the last checkpoint passed
 * @param pageCount absent before the text was extracted
 */
public record ArchivedVersion(
    VersionRef ref,
    DocumentName name,
    ContentType contentType,
    long size,
    String sha256,
    Metadata metadata,
    @Nullable String language,
    @Nullable String title,
    DocumentStatus status,
    Step step,
    @Nullable Integer pageCount,
    int chunkCount,
    @Nullable String errorMessage,
    Instant uploadedAt,
    @Nullable Instant processedAt) {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST_LANGUAGE = 8;

  public ArchivedVersion {
    if (size < 0 || !SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("\"size\" and \"sha256\" must describe a file");
    }
    if (language != null && language.length() > LONGEST_LANGUAGE) {
      throw new IllegalArgumentException("\"language\" must have at most 8 characters");
    }
    if (status == DocumentStatus.COMPLETE && !step.reached(Step.SPLIT)) {
      throw new IllegalArgumentException("what is complete must have been split");
    }
    if (step.reached(Step.SPLIT) && (pageCount == null || pageCount < 0 || chunkCount < 0)) {
      throw new IllegalArgumentException("what was split must say its pages and chunks");
    }
  }

  /** Whether its pages and chunks are there, all of them; what is not is made from its bytes. */
  public boolean hasText() {
    return step.reached(Step.SPLIT);
  }

  /** How many pages travel with it. */
  public int pages() {
    return hasText() && pageCount != null ? pageCount : 0;
  }

  /** How many chunks travel with it. */
  public int chunks() {
    return hasText() ? chunkCount : 0;
  }
}
