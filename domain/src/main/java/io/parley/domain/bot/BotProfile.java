package io.parley.domain.bot;

import org.jspecify.annotations.Nullable;

/**
 * What an owner says about a bot.
 *
 * @param name 1–100 characters, trimmed
 * @param description at most 500 characters
 * @param welcomeMessage at most 200 characters
 * @param modelType the name of a configured chat model; the configured default when absent
 * @param temperature 0–2
 */
public record BotProfile(
    String name,
    @Nullable String description,
    String welcomeMessage,
    @Nullable String modelType,
    @Nullable String systemPrompt,
    double temperature,
    boolean isPublic,
    BotConfiguration configuration) {

  public static final String DEFAULT_WELCOME = "Hi! How can I help you today?";
  public static final double DEFAULT_TEMPERATURE = 0.7;
  public static final int MAX_NAME = 100;
  public static final int MAX_DESCRIPTION = 500;
  public static final int MAX_WELCOME = 200;

  /** Longest system prompt, in UTF-16 units. */
  public static final int MAX_SYSTEM_PROMPT = 32_000;

  public BotProfile {
    name = name.strip();
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException("name must have 1 to 100 characters.");
    }
    if (description != null && description.length() > MAX_DESCRIPTION) {
      throw new IllegalArgumentException("description must have at most 500 characters.");
    }
    if (welcomeMessage.length() > MAX_WELCOME) {
      throw new IllegalArgumentException("welcome_message must have at most 200 characters.");
    }
    if (systemPrompt != null && systemPrompt.length() > MAX_SYSTEM_PROMPT) {
      throw new IllegalArgumentException("system_prompt must have at most 32,000 characters.");
    }
    if (!(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("temperature must be between 0 and 2.");
    }
  }

  /** A bot with nothing said but its name. */
  public static BotProfile named(String name) {
    return new BotProfile(
        name,
        null,
        DEFAULT_WELCOME,
        null,
        null,
        DEFAULT_TEMPERATURE,
        false,
        BotConfiguration.DEFAULT);
  }
}
