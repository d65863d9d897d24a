package io.parley.testkit.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Transcriber;
import io.parley.domain.port.ai.Transcription.Transcribed;
import org.junit.jupiter.api.Test;

class ScriptedTranscriberTest extends TranscriberContract {

  @Override
  protected Transcriber open() {
    return new ScriptedTranscriber("scripted", 100_000, "Good morning.");
  }

  @Test
  void texts_are_heard_in_order_and_the_last_for_ever() {
    Transcriber transcriber = new ScriptedTranscriber("scripted", 100_000, "one", "two");
    for (String text : new String[] {"one", "two", "two"}) {
      assertThat(transcriber.transcribe(AudioSamples.tone()))
          .isEqualTo(new Transcribed(text, null, null));
    }
  }

  @Test
  void one_that_is_closed_says_so() {
    Transcriber transcriber = open();
    transcriber.close();

    assertThatThrownBy(() -> transcriber.transcribe(AudioSamples.tone()))
        .isInstanceOf(PortFailure.class);
  }
}
