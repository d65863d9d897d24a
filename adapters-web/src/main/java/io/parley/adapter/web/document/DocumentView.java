package io.parley.adapter.web.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.parley.domain.document.Document;
import io.parley.domain.document.Progress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Serdeable
@Schema(name = "Document")
record DocumentView(
    UUID id,
    String name,
    long size,
    String contentType,
    @Schema(
            type = "string",
            allowableValues = {"pending", "processing", "complete", "error"})
        String status,
    ProgressView progress,
    int chunksCount,
    @Nullable Integer pageCount,
    @Nullable String errorMessage,
    @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        Map<String, @Nullable Object> metadata,
    int version,
    Instant uploadedAt,
    @Nullable Instant processedAt) {

  /**
   * @param stage the last checkpoint passed
   * @param total 0 while unknown
   * @param remainingSeconds absent while nobody can tell
   */
  @Serdeable
  @Schema(name = "Progress")
  record ProgressView(
      @Schema(
              type = "string",
              allowableValues = {"stored", "extracted", "split", "embedded", "indexed"})
          String stage,
      int done,
      int total,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @Schema(
              description =
                  "How long the running step still takes at the rate of late; absent while nobody can"
                      + " tell, as in the queue.")
          @Nullable Integer remainingSeconds) {

    static ProgressView of(Progress progress) {
      return new ProgressView(
          progress.step().name().toLowerCase(Locale.ROOT),
          progress.done(),
          progress.total(),
          progress.remainingSeconds());
    }
  }

  static DocumentView of(Document document) {
    return new DocumentView(
        document.id().value(),
        document.name().value(),
        document.size(),
        document.contentType().mediaType(),
        document.status().name().toLowerCase(Locale.ROOT),
        ProgressView.of(document.progress()),
        document.chunksCount(),
        document.pageCount(),
        document.errorMessage(),
        document.metadata().values(),
        document.version(),
        document.uploadedAt(),
        document.processedAt());
  }
}
