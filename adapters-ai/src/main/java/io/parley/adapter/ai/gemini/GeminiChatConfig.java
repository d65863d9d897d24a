package io.parley.adapter.ai.gemini;

import io.parley.adapter.ai.remote.CallLimits;

/**
 * A chat model of Gemini.
 *
 * @param model Google's name of it
 */
public record GeminiChatConfig(GeminiAccess access, String model, CallLimits limits) {

  /** Used where no model is named. */
  public static final String STANDARD_MODEL = "gemini-2.5-flash";

  public GeminiChatConfig {
    model = GeminiAccess.plainName(model);
  }

  /** With the usual limits. */
  public static GeminiChatConfig of(GeminiAccess access, String model) {
    return new GeminiChatConfig(access, model, CallLimits.CHAT);
  }
}
