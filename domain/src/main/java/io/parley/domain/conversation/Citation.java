package io.parley.domain.conversation;

import io.parley.domain.retrieval.FoundChunk;

/**
 * A citation as it is shown: its reference, and the chunk just read from the database in the
 * reader's scope.
 */
public record Citation(CitationRef ref, FoundChunk source) {

  public Citation {
    if (ref.quote().end() > source.chunk().content().length()) {
      throw new IllegalArgumentException("The quote does not stand in the chunk.");
    }
  }

  /** The quoted words, verbatim. */
  public String quote() {
    return ref.quote().of(source.chunk().content());
  }
}
