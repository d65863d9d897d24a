package io.parley.domain.port.ai;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a recording. */
public sealed interface Transcription {

  /**
   * It was heard.
   *
   * @param text what was said, without white space around it; empty where nothing was
   * @param language the language that was heard, as {@link Recording#language()} names it; absent
   *     where the transcriber does not say
   * @param duration how long the recording is; absent where the transcriber does not say
   */
  record Transcribed(String text, @Nullable String language, @Nullable Duration duration)
      implements Transcription {}

  /**
   * It has more bytes than the transcriber takes, and none of them was read.
   *
   * @param most {@link Transcriber#largest()}
   */
  record TooLarge(long most) implements Transcription {}

  /**
   * It cannot be heard, and trying again will not help.
   *
   * @param sentence what is wrong and what to do, for the person who recorded it
   */
  record Unusable(String sentence) implements Transcription {}
}
