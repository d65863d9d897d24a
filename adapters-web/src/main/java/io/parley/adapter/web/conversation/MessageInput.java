package io.parley.adapter.web.conversation;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "MessageInput")
record MessageInput(
    @Schema(minLength = 1, maxLength = 32_000) String content,
    @Schema(maxLength = 32_000, description = "The passage that the reader marked.")
        @Nullable String selectedText,
    @Schema(description = "ISO 639-1; the question's own when absent.")
        @Nullable String language) {}
