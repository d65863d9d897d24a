package io.parley.testkit.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.AudioType;
import io.parley.domain.port.ai.Recording;
import io.parley.domain.port.ai.Transcriber;
import io.parley.domain.port.ai.Transcription;
import io.parley.domain.port.ai.Transcription.TooLarge;
import io.parley.domain.port.ai.Transcription.Transcribed;
import io.parley.domain.port.ai.Transcription.Unusable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link Transcriber} keeps. Extend it and open yours. */
public abstract class TranscriberContract {

  /** A fresh transcriber; the contract closes it. */
  protected abstract Transcriber open();

  private Transcription transcribe(Recording recording) {
    try (Transcriber transcriber = open()) {
      return transcriber.transcribe(recording);
    }
  }

  @Test
  public void a_recording_becomes_text_without_white_space_around_it() {
    WatchedSource source = new WatchedSource(AudioSamples.tone().source());

    Transcription heard = transcribe(AudioSamples.from(source, AudioSamples.tone()));

    assertThat(heard)
        .isInstanceOfSatisfying(
            Transcribed.class,
            spoken -> assertThat(spoken.text()).isEqualTo(spoken.text().strip()));
    assertThat(source.opened()).isPositive();
    assertThat(source.stillOpen()).isZero();
  }

  @Test
  public void a_recording_that_is_too_large_is_refused_unread() {
    try (Transcriber transcriber = open()) {
      long most = transcriber.largest();
      Recording large = AudioSamples.ofSize(AudioType.MP3, most + 1);
      WatchedSource source = new WatchedSource(large.source());

      assertThat(transcriber.transcribe(AudioSamples.from(source, large)))
          .isEqualTo(new TooLarge(most));
      assertThat(source.opened()).isZero();
    }
  }

  @Test
  public void a_recording_that_cannot_be_heard_is_no_failure() {
    Recording empty = new Recording(AudioType.WEBM, 0, null, InputStream::nullInputStream);
    for (Recording recording : List.of(AudioSamples.damaged(), empty)) {
      assertThat(transcribe(recording))
          .isInstanceOfSatisfying(
              Unusable.class, refused -> assertThat(refused.sentence()).matches("\\S.{10,}\\."));
    }
  }

  @Test
  public void what_the_source_throws_reaches_the_caller() {
    PortFailure gone =
        new PortFailure(PortFailure.Kind.UNAVAILABLE, "blobs", "The files are away.", null);
    IOException torn = new IOException("torn");

    assertThatThrownBy(() -> transcribe(failing(() -> throwing(gone)))).isSameAs(gone);
    assertThatThrownBy(() -> transcribe(failing(() -> new Torn(torn))))
        .isInstanceOf(UncheckedIOException.class)
        .hasCause(torn);
  }

  private static InputStream throwing(RuntimeException failure) {
    throw failure;
  }

  private static Recording failing(Recording.Source source) {
    return AudioSamples.from(source, AudioSamples.tone());
  }

  @Test
  public void a_source_that_breaks_off_is_opened_once_and_closed() {
    WatchedSource source = new WatchedSource(() -> new Torn(new IOException("torn")));

    assertThatThrownBy(() -> transcribe(failing(source))).isInstanceOf(UncheckedIOException.class);

    assertThat(source.opened()).isOne();
    assertThat(source.stillOpen()).isZero();
  }

  @Test
  public void a_source_of_another_size_is_a_mistake() {
    for (long size : new long[] {20_000, 40_000}) {
      Recording tone = AudioSamples.tone();
      Recording wrong = new Recording(tone.type(), size, null, tone.source());

      assertThatThrownBy(() -> transcribe(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  public void many_threads_are_heard_at_once() throws Exception {
    try (Transcriber transcriber = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Transcription>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(() -> transcriber.transcribe(AudioSamples.tone()));
      }
      for (Future<Transcription> heard : threads.invokeAll(calls)) {
        assertThat(heard.get()).isInstanceOf(Transcribed.class);
      }
    }
  }

  @Test
  public void it_may_be_closed_twice() {
    Transcriber transcriber = open();
    assertThat(transcriber.largest()).isPositive();
    transcriber.close();
    transcriber.close();
  }

  /** Some bytes, and then an end that is none. */
  private static final class Torn extends InputStream {
    private final InputStream begin = new ByteArrayInputStream(new byte[5_000]);
    private final IOException end;

    Torn(IOException end) {
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      int next = begin.read();
      if (next < 0) {
        throw end;
      }
      return next;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = begin.read(into, from, length);
      if (count < 0) {
        throw end;
      }
      return count;
    }
  }
}
