package io.parley.domain.document;

import org.jspecify.annotations.Nullable;

/**
 * How far a version is. Once its text is extracted, the units are pages while it is split, and
 * chunks from then on; a version that is embedded or indexed has all of them done.
 *
 * @param step the last checkpoint passed
 * @param done units of the running step that are finished
 * @param total units of the running step, 0 while unknown
 * @param remainingSeconds how long the running step still takes at the rate of late, absent while
 *     nobody can tell
 */
public record Progress(Step step, int done, int total, @Nullable Integer remainingSeconds) {

  /** How far it is, without saying how long it takes. */
  public Progress(Step step, int done, int total) {
    this(step, done, total, null);
  }
}
