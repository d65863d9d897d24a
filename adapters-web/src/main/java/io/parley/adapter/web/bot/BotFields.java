package io.parley.adapter.web.bot;

import io.parley.adapter.web.json.Fields;
import io.parley.domain.bot.BotConfiguration;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bot's fields as they are sent. */
final class BotFields {
  /** What holds for a field that is not sent; its name is no one's. */
  private static final BotProfile UNSAID = BotProfile.named("-");

  private static final int MAX_TOOLS = 20;
  private static final int MAX_TOP_K = 50;

  private BotFields() {}

  /** The fields as documented; what is sent is read by {@link BotFields}. */
  @Schema(name = "BotInput")
  record Input(
      @Schema(minLength = 1, maxLength = 100) String name,
      @Schema(maxLength = 500) @Nullable String description,
      @Schema(maxLength = 200) @Nullable String welcomeMessage,
      @Nullable String modelType,
      @Schema(minimum = "0", maximum = "2") @Nullable Double temperature,
      @Schema(maxLength = 32_000) @Nullable String systemPrompt,
      @Nullable Boolean isPublic,
      @Nullable BotConfigurationView configuration) {}

  /** The fields of a change: only those that are sent change anything. */
  @Schema(name = "BotChange")
  record Change(
      @Schema(minLength = 1, maxLength = 100) @Nullable String name,
      @Schema(maxLength = 500) @Nullable String description,
      @Schema(maxLength = 200) @Nullable String welcomeMessage,
      @Nullable String modelType,
      @Schema(minimum = "0", maximum = "2") @Nullable Double temperature,
      @Schema(maxLength = 32_000) @Nullable String systemPrompt,
      @Nullable Boolean isPublic,
      @Nullable BotConfigurationView configuration,
      @Schema(
              type = "string",
              allowableValues = {"active", "inactive"})
          @Nullable String status) {}

  /** A new bot. */
  static BotProfile create(Fields fields) {
    String name = fields.title("name", BotProfile.MAX_NAME);
    return profile(fields, UNSAID, name);
  }

  /** A bot with what is sent changed; null takes a field back to its default. */
  static BotProfile change(Fields fields, BotProfile now) {
    String name = fields.has("name") ? fields.title("name", BotProfile.MAX_NAME) : now.name();
    return profile(fields, now, name);
  }

  /** The status that is sent, if any. */
  static @Nullable BotStatus status(Fields fields) {
    return fields.choice("status", BotStatus.class, null);
  }

  private static BotProfile profile(Fields fields, BotProfile now, String name) {
    String description = text(fields, "description", BotProfile.MAX_DESCRIPTION, now.description());
    String welcome = text(fields, "welcome_message", BotProfile.MAX_WELCOME, now.welcomeMessage());
    String model = text(fields, "model_type", 200, now.modelType());
    String prompt = text(fields, "system_prompt", BotProfile.MAX_SYSTEM_PROMPT, now.systemPrompt());
    double warmth = temperature(fields, now);
    boolean open = fields.truth("is_public", !fields.has("is_public") && now.isPublic());
    BotConfiguration configuration = configuration(fields, now.configuration());
    fields.check();
    return new BotProfile(
        name,
        description,
        welcome == null ? BotProfile.DEFAULT_WELCOME : welcome,
        model,
        prompt,
        warmth,
        open,
        configuration);
  }

  private static @Nullable String text(Fields fields, String name, int max, @Nullable String now) {
    return fields.has(name) ? fields.optionalText(name, max) : now;
  }

  private static double temperature(Fields fields, BotProfile now) {
    return fields.has("temperature")
        ? fields.decimal("temperature", 0, 2, BotProfile.DEFAULT_TEMPERATURE)
        : now.temperature();
  }

  private static BotConfiguration configuration(Fields fields, BotConfiguration now) {
    if (!fields.has("configuration")) {
      return now;
    }
    Fields inside = fields.inside("configuration");
    BotConfiguration.Agent agent =
        inside.choice("agent", BotConfiguration.Agent.class, BotConfiguration.Agent.RAG);
    List<String> tools = inside.texts("tools", MAX_TOOLS, 100);
    long topK = inside.integer("top_k", 1, MAX_TOP_K, 0);
    return new BotConfiguration(
        agent == null ? BotConfiguration.Agent.RAG : agent,
        tools,
        topK == 0 ? null : Math.toIntExact(topK));
  }
}
