package io.parley.adapter.web.conversation;

import io.micronaut.serde.annotation.Serdeable;
import io.parley.domain.conversation.Conversation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Serdeable
@Schema(name = "Conversation")
record ConversationView(
    UUID id,
    UUID botId,
    String title,
    @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        Map<String, @Nullable Object> metadata,
    int messageCount,
    Instant createdAt,
    Instant updatedAt) {

  static ConversationView of(Conversation conversation) {
    return new ConversationView(
        conversation.id().value(),
        conversation.bot().value(),
        conversation.title(),
        conversation.metadata().values(),
        conversation.messageCount(),
        conversation.createdAt(),
        conversation.updatedAt());
  }
}
