package io.parley.adapter.ai.openai;

import io.parley.adapter.ai.remote.CallLimits;

/**
 * A chat model of OpenAI's protocol.
 *
 * @param model the vendor's name of it
 */
public record OpenAiChatConfig(OpenAiAccess access, String model, CallLimits limits) {

  /** Used where no model is named: cheap, quick, and takes a temperature. */
  public static final String STANDARD_MODEL = "gpt-4.1-mini";

  public OpenAiChatConfig {
    if (model.isBlank()) {
      throw new IllegalArgumentException("A chat model has a name.");
    }
  }

  /** With the usual limits. */
  public static OpenAiChatConfig of(OpenAiAccess access, String model) {
    return new OpenAiChatConfig(access, model, CallLimits.CHAT);
  }
}
