package io.parley.adapter.web.conversation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(name = "ConversationInput")
record ConversationInput(
    @Schema(minLength = 1, maxLength = 200) @Nullable String title,
    @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        @Nullable Map<String, Object> metadata) {}
