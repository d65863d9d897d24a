package io.parley.adapter.web.bot;

import io.micronaut.serde.annotation.Serdeable;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotProfile;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A bot as its owner sees it. */
@Serdeable
@Schema(name = "Bot")
record BotView(
    UUID id,
    String name,
    @Nullable String description,
    String welcomeMessage,
    String modelType,
    double temperature,
    @Schema(description = "For the owner only.") @Nullable String systemPrompt,
    boolean isPublic,
    @Schema(description = "For the owner only.") BotConfigurationView configuration,
    @Schema(
            type = "string",
            allowableValues = {"active", "inactive", "training", "error"})
        String status,
    boolean isClone,
    Instant createdAt,
    Instant updatedAt,
    UUID ownerId) {

  static BotView of(Bot bot, String standardModel) {
    BotProfile profile = bot.profile();
    String model = profile.modelType();
    return new BotView(
        bot.id().value(),
        profile.name(),
        profile.description(),
        profile.welcomeMessage(),
        model == null ? standardModel : model,
        profile.temperature(),
        profile.systemPrompt(),
        profile.isPublic(),
        BotConfigurationView.of(profile.configuration()),
        bot.status().name().toLowerCase(Locale.ROOT),
        bot.isClone(),
        bot.createdAt(),
        bot.updatedAt(),
        bot.owner().value());
  }
}
