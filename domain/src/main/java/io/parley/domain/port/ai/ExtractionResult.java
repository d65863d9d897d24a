package io.parley.domain.port.ai;

import org.jspecify.annotations.Nullable;

/** What became of an extraction. */
public sealed interface ExtractionResult {

  /**
   * All pages were given.
   *
   * @param title the document's own title, where it has one
   * @param pageCount pages of a paged format, sections of another
   */
  record Extracted(@Nullable String title, int pageCount) implements ExtractionResult {}

  /**
   * The file cannot be used, and trying again will not help.
   *
   * @param sentence what is wrong and what to do, for the person who uploaded it
   */
  record Unreadable(Cause cause, String sentence) implements ExtractionResult {}

  /** Why a file cannot be used. */
  enum Cause {
    BROKEN,
    ENCRYPTED,
    NO_TEXT,
    TOO_DEEP,
    TOO_LARGE,
    TOO_SLOW
  }
}
