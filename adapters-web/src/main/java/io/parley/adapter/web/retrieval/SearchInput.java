package io.parley.adapter.web.retrieval;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(name = "SearchInput")
record SearchInput(
    @Schema(minLength = 1, maxLength = 32_000) String query,
    @Schema(minimum = "1", maximum = "50", defaultValue = "10") @Nullable Integer limit,
    @Schema(
            type = "string",
            allowableValues = {"hybrid", "vector", "keyword"},
            defaultValue = "hybrid")
        @Nullable String mode,
    @Schema(
            description = "{all:[…]}, {any:[…]}, {not:…} or {field,op,value}",
            additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        @Nullable Map<String, Object> filter) {}
