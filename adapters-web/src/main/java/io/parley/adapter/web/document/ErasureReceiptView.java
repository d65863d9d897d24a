package io.parley.adapter.web.document;

import io.micronaut.serde.annotation.Serdeable;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Removal;
import io.parley.domain.retrieval.GenerationId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Serdeable
@Schema(name = "ErasureReceipt")
record ErasureReceiptView(
    UUID id,
    @Schema(
            type = "string",
            allowableValues = {"document", "bot", "account"})
        String kind,
    @Nullable UUID botId,
    @Nullable UUID documentId,
    @Schema(
            type = "string",
            allowableValues = {"pending", "removed", "verified"})
        String status,
    Instant startedAt,
    @Nullable Instant removedAt,
    @Nullable Instant revisitAt,
    @Nullable Instant verifiedAt,
    @Nullable String waitingFor,
    List<RemovalView> removals) {

  /**
   * @param index which index, where there are several
   * @param position how far that index has durably read the log of changes
   */
  @Serdeable
  @Schema(name = "Removal")
  record RemovalView(
      @Schema(type = "integer", minimum = "1", maximum = "2") int visit,
      @Schema(
              type = "string",
              allowableValues = {
                "vectors",
                "words",
                "answers",
                "repeated_answers",
                "blobs",
                "rows",
                "account"
              })
          String store,
      @Nullable UUID index,
      @Nullable UUID generation,
      long count,
      @Schema(
              type = "string",
              allowableValues = {"pending", "read_back", "accepted", "not_seen"})
          String evidence,
      @Nullable Long position,
      @Nullable Instant at,
      List<String> retained) {

    static RemovalView of(Removal removal) {
      GenerationId generation = removal.place().generation();
      return new RemovalView(
          removal.visit(),
          lower(removal.place().store()),
          removal.place().index(),
          generation == null ? null : generation.value(),
          removal.count(),
          lower(removal.evidence()),
          removal.position(),
          removal.at(),
          removal.retained().stream().map(ErasureReceiptView::lower).sorted().toList());
    }
  }

  static ErasureReceiptView of(ErasureReceipt receipt) {
    BotId bot = receipt.bot();
    SourceId source = receipt.source();
    return new ErasureReceiptView(
        receipt.id().value(),
        lower(receipt.kind()),
        bot == null ? null : bot.value(),
        source == null ? null : source.value(),
        lower(receipt.state()),
        receipt.startedAt(),
        receipt.removedAt(),
        receipt.revisitAt(),
        receipt.verifiedAt(),
        receipt.waitingFor(),
        receipt.removals().stream().map(RemovalView::of).toList());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
