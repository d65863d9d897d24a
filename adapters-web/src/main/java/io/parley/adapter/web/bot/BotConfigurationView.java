package io.parley.adapter.web.bot;

import io.micronaut.serde.annotation.Serdeable;
import io.parley.domain.bot.BotConfiguration;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Serdeable
@Schema(name = "BotConfiguration")
record BotConfigurationView(
    @Schema(
            type = "string",
            allowableValues = {"rag", "react"})
        @Nullable String agent,
    @Nullable List<String> tools,
    @Schema(minimum = "1", maximum = "50") @Nullable Integer topK) {

  static BotConfigurationView of(BotConfiguration configuration) {
    return new BotConfigurationView(
        configuration.agent().name().toLowerCase(Locale.ROOT),
        configuration.tools(),
        configuration.topK());
  }
}
