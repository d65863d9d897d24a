package io.parley.adapter.ai.openai;

import io.parley.adapter.ai.remote.CallLimits;

/**
 * A transcription model of OpenAI's protocol.
 *
 * @param model the vendor's name of it
 */
public record OpenAiTranscriberConfig(OpenAiAccess access, String model, CallLimits limits) {

  /** Used where no model is named. */
  public static final String STANDARD_MODEL = "gpt-4o-mini-transcribe";

  public OpenAiTranscriberConfig {
    if (model.isBlank()) {
      throw new IllegalArgumentException("A transcription model has a name.");
    }
  }

  /** With the usual limits. */
  public static OpenAiTranscriberConfig of(OpenAiAccess access, String model) {
    return new OpenAiTranscriberConfig(access, model, CallLimits.TRANSCRIPTION);
  }
}
