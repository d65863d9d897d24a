package io.parley.adapter.web.document;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(name = "TextInput")
record TextInput(
    @Schema(maxLength = 255) String name,
    String content,
    @Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        @Nullable Map<String, Object> metadata) {}
