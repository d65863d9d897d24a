package io.parley.testkit.ai;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Recording;
import io.parley.domain.port.ai.Transcriber;
import io.parley.domain.port.ai.Transcription;
import io.parley.domain.port.ai.Transcription.TooLarge;
import io.parley.domain.port.ai.Transcription.Transcribed;
import io.parley.domain.port.ai.Transcription.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A transcriber that hears what it was told to, one text a recording, the last of them for ever. It
 * reads each recording to its end, and tells by their first bytes those that are no audio.
 */
public final class ScriptedTranscriber implements Transcriber {
  private static final int PIECE = 8_192;

  private final String name;
  private final long largest;
  private final Queue<String> texts = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /**
   * A transcriber of that name.
   *
   * @param largest bytes
   * @param texts at least one
   */
  public ScriptedTranscriber(String name, long largest, String... texts) {
    this.name = name;
    this.largest = largest;
    this.texts.addAll(List.of(texts));
  }

  @Override
  public long largest() {
    return largest;
  }

  @Override
  public Transcription transcribe(Recording recording) {
    if (closed) {
      throw new PortFailure(PortFailure.Kind.UNAVAILABLE, name, name + " is closed.", null);
    }
    if (recording.size() > largest) {
      return new TooLarge(largest);
    }
    try (InputStream audio = recording.source().open()) {
      byte[] begin = audio.readNBytes((int) Math.min(PIECE, recording.size()));
      requireSize(recording, begin.length + rest(audio));
      return AudioSamples.isNamedRightly("x." + recording.type().extension(), begin)
          ? new Transcribed(next(), recording.language(), null)
          : new Unusable("The recording is damaged. Record it again.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long rest(InputStream audio) throws IOException {
    byte[] piece = new byte[PIECE];
    long rest = 0;
    for (int count = audio.read(piece); count >= 0; count = audio.read(piece)) {
      rest += count;
    }
    return rest;
  }

  private static void requireSize(Recording recording, long size) {
    if (size != recording.size()) {
      throw new IllegalArgumentException(
          "The recording has " + size + " bytes, not " + recording.size() + ".");
    }
  }

  private synchronized String next() {
    String text = texts.element();
    if (texts.size() > 1) {
      texts.remove();
    }
    return text;
  }

  @Override
  public void close() {
    closed = true;
  }
}
