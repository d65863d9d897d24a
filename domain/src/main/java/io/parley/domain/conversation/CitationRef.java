package io.parley.domain.conversation;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.TextSpan;

/**
 * A citation as it is kept: a reference. The quote is read from the chunk when it is shown.
 *
 * @param index the number in the text's {@code [n]}
 * @param quote where the quote stands in the chunk's content, in UTF-16 units
 * @param score 0–1, how well the quote supports the sentence
 */
public record CitationRef(
    int index, ChunkId chunk, SourceId source, TextSpan quote, double score) {}
