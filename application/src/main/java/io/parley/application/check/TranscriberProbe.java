package io.parley.application.check;

import io.parley.domain.port.ai.AudioType;
import io.parley.domain.port.ai.Recording;
import io.parley.domain.port.ai.Transcriber;
import io.parley.domain.port.ai.Transcription;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries a transcriber with a tone of one second, in which there are no words. */
public final class TranscriberProbe implements Probe {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int RATE = 16_000;
  private static final int HEADER = 44;
  private static final double LOUDNESS = 8_000;
  private static final double PITCH = 440;

  private final Subject subject;
  private final Supplier<Transcriber> opener;
  private @Nullable Transcriber opened;

  public TranscriberProbe(Subject subject, Supplier<Transcriber> opener) {
    this.subject = subject;
    this.opener = opener;
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public List<Check> checks() {
    return List.of(Check.of("hear a tone", LIMIT, this::tone));
  }

  /** Whatever a model makes of a tone, it has heard it. */
  private Verdict tone() {
    Transcriber transcriber = opener.get();
    opened = transcriber;
    byte[] wav = wav();
    Recording recording =
        new Recording(AudioType.WAV, wav.length, null, () -> new ByteArrayInputStream(wav));
    long begun = System.nanoTime();
    return switch (transcriber.transcribe(recording)) {
      case Transcription.Transcribed _ ->
          Verdict.passed((System.nanoTime() - begun) / 1_000_000 + " ms");
      case Transcription.TooLarge(long most) ->
          throw new CheckFailed(
              "A recording of " + wav.length + " bytes is too large; " + most + " are taken.");
      case Transcription.Unusable(String sentence) ->
          throw new CheckFailed("A sound recording was not heard. " + sentence);
    };
  }

  /** Sixteen bits a sample, one channel. */
  private static byte[] wav() {
    ByteBuffer wav = ByteBuffer.allocate(HEADER + 2 * RATE).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(HEADER - 8 + 2 * RATE).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * RATE);
    for (int i = 0; i < RATE; i++) {
      wav.putShort((short) (LOUDNESS * Math.sin(2 * Math.PI * PITCH * i / RATE)));
    }
    return wav.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public List<String> cleanUp() {
    if (opened != null) {
      opened.close();
    }
    return List.of();
  }
}
