package io.parley.domain.retrieval;

import io.parley.domain.document.ChunkId;
import org.jspecify.annotations.Nullable;

/**
 * A chunk on its way into a keyword index.
 *
 * @param words what keyword indexes analyse: the headings above and the content; stored by none
 * @param language ISO 639-1 code that chooses the analyser, where known
 */
public record IndexedWords(
    ChunkId id, ChunkAttributes attributes, String words, @Nullable String language) {}
