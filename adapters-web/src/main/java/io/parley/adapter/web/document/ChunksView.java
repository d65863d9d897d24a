package io.parley.adapter.web.document;

import io.micronaut.serde.annotation.Serdeable;
import io.parley.domain.document.Chunk;
import io.parley.domain.port.Listing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

@Serdeable
@Schema(name = "Chunks")
record ChunksView(List<ChunkView> chunks, long total, int skip, int limit) {

  /**
   * @param page counts from 1
   * @param start in the source's text, in UTF-16 units
   */
  @Serdeable
  @Schema(name = "Chunk")
  record ChunkView(
      UUID id, UUID documentId, int chunkIndex, String content, int page, int start, int end) {}

  static ChunksView of(Listing<Chunk> chunks) {
    return new ChunksView(
        chunks.items().stream().map(ChunksView::view).toList(),
        chunks.total(),
        chunks.request().skip(),
        chunks.request().limit());
  }

  private static ChunkView view(Chunk chunk) {
    return new ChunkView(
        chunk.id().value(),
        chunk.ref().source().value(),
        chunk.ordinal(),
        chunk.content(),
        chunk.page(),
        chunk.span().start(),
        chunk.span().end());
  }
}
