package io.parley.adapter.web.conversation;

import io.micronaut.serde.annotation.Serdeable;
import io.parley.application.conversation.ShownMessage;
import io.parley.domain.conversation.Citation;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.TokenUsage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * @param usage absent for the user's messages, like {@code responseTimeMs}
 * @param feedback -1 or 1 where the asker rated it
 * @param steps what an agent did; empty without one
 */
@Serdeable
@Schema(name = "Message")
record MessageView(
    UUID id,
    @Schema(
            type = "string",
            allowableValues = {"user", "assistant"})
        String role,
    String content,
    List<CitationView> citations,
    Instant createdAt,
    @Nullable UsageView usage,
    @Nullable Integer responseTimeMs,
    @Nullable Integer feedback,
    List<String> steps) {

  @Serdeable
  @Schema(name = "TokenUsage")
  record UsageView(int promptTokens, int completionTokens) {}

  private static final String REMOVED =
      "This answer was removed because a document that it quoted was erased.";

  static MessageView of(ShownMessage shown, Function<Citation, @Nullable String> url) {
    Message message = shown.message();
    TokenUsage usage = message.usage();
    return new MessageView(
        message.id().value(),
        message.role().name().toLowerCase(Locale.ROOT),
        message.blanked() ? REMOVED : message.content(),
        shown.citations().stream().map(c -> CitationView.of(c, url.apply(c))).toList(),
        message.createdAt(),
        usage == null ? null : new UsageView(usage.promptTokens(), usage.completionTokens()),
        message.responseTime(),
        message.rating(),
        List.of());
  }
}
