package io.parley.adapter.web.bot;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A public bot as a stranger sees it. */
@Serdeable
@Schema(name = "PublicBot")
record PublicBotView(
    UUID id,
    String name,
    @Nullable String description,
    String welcomeMessage,
    String modelType,
    double temperature,
    boolean isPublic,
    String status,
    boolean isClone,
    Instant createdAt,
    Instant updatedAt,
    UUID ownerId) {

  static PublicBotView of(BotView bot) {
    return new PublicBotView(
        bot.id(),
        bot.name(),
        bot.description(),
        bot.welcomeMessage(),
        bot.modelType(),
        bot.temperature(),
        bot.isPublic(),
        bot.status(),
        bot.isClone(),
        bot.createdAt(),
        bot.updatedAt(),
        bot.ownerId());
  }
}
