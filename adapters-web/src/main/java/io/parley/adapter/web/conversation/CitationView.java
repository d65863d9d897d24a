package io.parley.adapter.web.conversation;

import io.micronaut.serde.annotation.Serdeable;
import io.parley.domain.conversation.Citation;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.retrieval.FoundChunk;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param index stands in the text as {@code [index]}
 * @param page counts from 1
 * @param start where the quote stands in the chunk, in UTF-16 units
 * @param score 0–1, how well the quote supports its sentence
 * @param url opens the page; null for a reader who may not open the document
 */
@Serdeable
@Schema(name = "Citation")
record CitationView(
    int index,
    @Schema(
            type = "string",
            allowableValues = {"document", "insight", "chapter"})
        String sourceType,
    UUID documentId,
    String documentName,
    UUID chunkId,
    int page,
    int start,
    int end,
    String quote,
    double score,
    @Nullable String url) {

  static CitationView of(Citation citation, @Nullable String url) {
    CitationRef ref = citation.ref();
    FoundChunk source = citation.source();
    return new CitationView(
        ref.index(),
        source.sourceType().name().toLowerCase(Locale.ROOT),
        ref.source().value(),
        source.documentName().value(),
        ref.chunk().value(),
        source.chunk().page(),
        ref.quote().start(),
        ref.quote().end(),
        citation.quote(),
        ref.score(),
        url);
  }
}
