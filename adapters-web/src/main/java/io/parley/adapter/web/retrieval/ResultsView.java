package io.parley.adapter.web.retrieval;

import io.micronaut.serde.annotation.Serdeable;
import io.parley.domain.document.Chunk;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.SearchHit;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Serdeable
@Schema(name = "SearchResults")
record ResultsView(List<ResultView> results) {

  /**
   * @param documentId the source's id, whatever its type
   * @param page counts from 1
   * @param start in the source's text, in UTF-16 units
   * @param score 0–1, comparable within one answer
   */
  @Serdeable
  @Schema(name = "SearchResult")
  record ResultView(
      @Schema(
              type = "string",
              allowableValues = {"document", "insight", "chapter"})
          String sourceType,
      UUID documentId,
      String documentName,
      UUID chunkId,
      String content,
      int page,
      int start,
      int end,
      double score,
      @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
          Map<String, @Nullable Object> metadata) {}

  static ResultsView of(List<SearchHit> hits) {
    return new ResultsView(hits.stream().map(ResultsView::view).toList());
  }

  private static ResultView view(SearchHit hit) {
    FoundChunk found = hit.found();
    Chunk chunk = found.chunk();
    return new ResultView(
        found.sourceType().name().toLowerCase(Locale.ROOT),
        chunk.ref().source().value(),
        found.documentName().value(),
        chunk.id().value(),
        chunk.content(),
        chunk.page(),
        chunk.span().start(),
        chunk.span().end(),
        hit.score(),
        found.metadata().values());
  }
}
