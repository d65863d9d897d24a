package io.parley.adapter.ai.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.ai.remote.TestLimits;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.Transcriber;
import io.parley.domain.port.ai.Transcription.Transcribed;
import io.parley.testkit.ai.AudioSamples;
import io.parley.testkit.server.Fault;
import io.parley.testkit.server.ModelServer;
import io.parley.testkit.server.RemoteTranscriberContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenAiTranscriberTest extends RemoteTranscriberContract {

  @Override
  protected Transcriber open(ModelServer on, String key, Duration longestSilence) {
    return open(on, key, model(), longestSilence);
  }

  private static Transcriber open(ModelServer on, String key, String model, Duration silence) {
    OpenAiAccess access = new OpenAiAccess(on.openAiUrl(), new Secret(key));
    return OpenAiTranscriber.open(
        new OpenAiTranscriberConfig(access, model, TestLimits.of(silence)));
  }

  @Override
  protected String model() {
    return "gpt-4o-mini-transcribe";
  }

  @Test
  void whisper_says_the_language_and_the_duration() {
    try (ModelServer server = ModelServer.start();
        Transcriber transcriber = open(server, "k", "whisper-1", Duration.ofSeconds(20))) {
      assertThat(transcriber.transcribe(AudioSamples.tone()))
          .isInstanceOfSatisfying(
              Transcribed.class,
              heard -> {
                assertThat(heard.text()).contains("32044 bytes");
                assertThat(heard.language()).isEqualTo("en");
                assertThat(heard.duration()).isEqualTo(Duration.ofMillis(1_500));
              });
    }
  }

  @Test
  void a_refusal_that_is_not_of_the_recording_is_a_failure() {
    try (ModelServer server = ModelServer.start();
        Transcriber transcriber = open(server, "k", Duration.ofSeconds(20))) {
      server.onTranscriptions(new Fault.Refuses(400, "invalid_language_format"));

      assertThatThrownBy(() -> transcriber.transcribe(AudioSamples.tone()))
          .isInstanceOfSatisfying(
              PortFailure.class,
              failure ->
                  assertThat(failure.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION));
    }
  }
}
