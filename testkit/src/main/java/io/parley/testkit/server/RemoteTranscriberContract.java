package io.parley.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.ai.AudioType;
import io.parley.domain.port.ai.Recording;
import io.parley.domain.port.ai.Transcriber;
import io.parley.domain.port.ai.Transcription;
import io.parley.domain.port.ai.Transcription.TooLarge;
import io.parley.domain.port.ai.Transcription.Transcribed;
import io.parley.domain.port.ai.Transcription.Unusable;
import io.parley.testkit.ai.AudioSamples;
import io.parley.testkit.ai.TranscriberContract;
import io.parley.testkit.ai.WatchedSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What transcribers keep that are called over HTTP, whatever their server does. Extend it and open
 * yours on a {@link ModelServer}.
 */
public abstract class RemoteTranscriberContract extends TranscriberContract {
  private static final String KEY = RemoteChatModelContract.KEY;
  private static final Duration SILENCE = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PIECE = 64 << 10;

  private final ModelServer server = ModelServer.start().requiring(KEY);

  /**
   * A transcriber on that server; the contract closes it. It makes at most two retries, with pauses
   * of at most 2 seconds, and a whole call takes at most five times the longest silence.
   */
  protected abstract Transcriber open(ModelServer on, String key, Duration longestSilence);

  /** The name of the model that is opened. */
  protected abstract String model();

  @Override
  protected Transcriber open() {
    return open(server, KEY, PATIENCE);
  }

  @AfterEach
  void closeTheServer() {
    server.close();
  }

  private Transcription transcribe(Recording recording, Duration silence) {
    try (Transcriber transcriber = open(server, KEY, silence)) {
      return transcriber.transcribe(recording);
    }
  }

  private Transcription transcribe() {
    return transcribe(AudioSamples.tone(), PATIENCE);
  }

  private void fails(Kind kind, Duration silence) {
    Failing.with(kind, () -> transcribe(AudioSamples.tone(), silence));
  }

  private int calls() {
    return server.received().size();
  }

  private static String textOf(Transcription heard) {
    return heard instanceof Transcribed spoken ? spoken.text() : heard.toString();
  }

  private static String expected(Recording recording) throws IOException {
    try (InputStream audio = recording.source().open()) {
      return AudioSamples.heard(audio.readAllBytes());
    }
  }

  @ParameterizedTest
  @EnumSource(AudioType.class)
  public void every_byte_of_every_type_arrives(AudioType type) throws IOException {
    Recording recording = AudioSamples.ofSize(type, 70_001);

    assertThat(textOf(transcribe(recording, PATIENCE))).isEqualTo(expected(recording));
    assertThat(server.received().getFirst().body())
        .contains("recording." + type.extension(), "model=" + model())
        .doesNotContain("language");
    assertThat(server.received().getFirst().headers()).containsKey("content-length");
  }

  @Test
  public void the_language_that_is_spoken_is_told() {
    Recording tone = AudioSamples.tone();
    transcribe(new Recording(tone.type(), tone.size(), "ur", tone.source()), PATIENCE);

    assertThat(server.received().getFirst().body()).contains("language=ur");
  }

  @Test
  public void the_largest_recording_is_sent_piece_by_piece() throws IOException {
    try (Transcriber transcriber = open()) {
      Recording large = AudioSamples.ofSize(AudioType.WAV, transcriber.largest());
      WatchedSource source = new WatchedSource(large.source());

      Transcription heard = transcriber.transcribe(AudioSamples.from(source, large));

      assertThat(textOf(heard)).isEqualTo(expected(large));
      assertThat(source.largestRead()).isLessThanOrEqualTo(PIECE);
      assertThat(source.read()).isEqualTo(large.size());
    }
  }

  @Test
  public void no_more_is_read_than_the_server_takes() {
    server.onTranscriptions(new Fault.DoesNotRead());
    Recording large = AudioSamples.ofSize(AudioType.WAV, 25_000_000);
    WatchedSource source = new WatchedSource(large.source());

    Failing.with(Kind.TIMEOUT, () -> transcribe(AudioSamples.from(source, large), SILENCE));

    assertThat(source.read()).isPositive().isLessThan(large.size() / 2);
    assertThat(source.stillOpen()).isZero();
  }

  @Test
  public void a_wrong_key_is_said_to_be_wrong() {
    try (Transcriber transcriber = open(server, "sk-quartz", PATIENCE)) {
      Failing.with(Kind.CREDENTIALS_REJECTED, () -> transcriber.transcribe(AudioSamples.tone()));
    }
    assertThat(calls()).isOne();
  }

  @Test
  public void a_model_that_is_not_there_is_a_wrong_setting() {
    server.without(model());

    fails(Kind.INVALID_CONFIGURATION, PATIENCE);
  }

  @Test
  public void a_vendor_that_is_down_is_sent_the_recording_again() {
    server.onTranscriptions(new Fault.Refuses(503, ""), new Fault.BreaksAfter(1));
    WatchedSource source = new WatchedSource(AudioSamples.tone().source());

    Transcription heard = transcribe(AudioSamples.from(source, AudioSamples.tone()), PATIENCE);

    assertThat(heard).isInstanceOf(Transcribed.class);
    assertThat(source.opened()).isEqualTo(3);
    assertThat(source.stillOpen()).isZero();

    server.onTranscriptions(
        new Fault.Refuses(500, ""), new Fault.HangsUp(), new Fault.BreaksAfter(1));
    fails(Kind.UNAVAILABLE, PATIENCE);
    assertThat(calls()).isEqualTo(6);
  }

  @Test
  public void it_waits_as_long_as_it_is_asked_to_or_says_so() {
    server.onTranscriptions(new Fault.Throttles("1"), new Fault.Throttles("0"));
    assertThat(transcribe()).isInstanceOf(Transcribed.class);

    server.onTranscriptions(new Fault.Throttles("3600"));
    Failing.withWait(Kind.RATE_LIMITED, Duration.ofHours(1), this::transcribe);
    assertThat(calls()).isEqualTo(4);
  }

  @Test
  public void a_silent_server_is_not_waited_for() {
    server.onTranscriptions(new Fault.Hangs(), new Fault.StallsAfter(1));

    fails(Kind.TIMEOUT, SILENCE);
    fails(Kind.TIMEOUT, SILENCE);
    assertThat(calls()).isEqualTo(2);
  }

  @Test
  public void what_is_no_transcription_is_refused() {
    server.onTranscriptions(
        new Fault.SpeaksNonsense(), new Fault.Lies(Fault.Lie.NULL), new Fault.EndsAfter(1));
    for (int i = 0; i < 3; i++) {
      fails(Kind.CORRUPT_DATA, PATIENCE);
    }
  }

  @Test
  public void what_the_vendor_says_of_the_recording_is_no_failure() {
    server.onTranscriptions(
        new Fault.Refuses(413, ""), new Fault.Refuses(400, ""), new Fault.Refuses(422, ""));

    assertThat(transcribe()).isInstanceOf(TooLarge.class);
    assertThat(transcribe()).isInstanceOf(Unusable.class);
    assertThat(transcribe()).isInstanceOf(Unusable.class);
  }

  @Test
  public void a_redirect_is_not_followed() {
    try (ModelServer elsewhere = ModelServer.start()) {
      server.onTranscriptions(new Fault.Redirects(elsewhere.openAiUrl() + "/audio/transcriptions"));

      fails(Kind.INVALID_CONFIGURATION, PATIENCE);
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  public void a_server_that_is_not_there_is_unavailable() {
    server.close();

    fails(Kind.UNAVAILABLE, PATIENCE);
  }

  @Test
  public void a_closed_transcriber_says_that_it_is_closed() {
    Transcriber transcriber = open();
    transcriber.close();

    Failing.with(Kind.UNAVAILABLE, () -> transcriber.transcribe(AudioSamples.tone()));
    assertThat(calls()).isZero();
  }
}
