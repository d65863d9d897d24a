package io.parley.domain.document;

import org.jspecify.annotations.Nullable;

/**
 * A piece of one page of one version: what is embedded, found and cited.
 *
 * @param ordinal counts from 0 within the version
 * @param page counts from 1
 * @param span where {@code content} stands in the source's text, in UTF-16 units; the source's text
 *     is its pages one after another with one line feed between them
 * @param context the title and headings above the chunk and, where it is a later piece of a table,
 *     the line that names the columns; embedded with it and searched, never quoted
 * @param content the words as they stand in the source
 */
public record Chunk(
    ChunkId id,
    VersionRef ref,
    int ordinal,
    int page,
    TextSpan span,
    @Nullable String context,
    String content) {

  public Chunk {
    if (content.length() != span.length()) {
      throw new IllegalArgumentException("A chunk's content is exactly its span.");
    }
  }

  /** What an embedding model is given: the headings above, then the words. */
  public String embeddingText() {
    return context == null || context.isBlank() ? content : context + "\n" + content;
  }
}
