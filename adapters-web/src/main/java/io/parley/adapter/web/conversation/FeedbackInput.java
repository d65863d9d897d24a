package io.parley.adapter.web.conversation;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "FeedbackInput")
record FeedbackInput(
    @Schema(minimum = "-1", maximum = "1", description = "-1 or 1") int rating,
    @Schema(maxLength = 2_000) @Nullable String comment) {}
