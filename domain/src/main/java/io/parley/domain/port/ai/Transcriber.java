package io.parley.domain.port.ai;

/** Turns speech into text. Safe for use by many threads. */
public interface Transcriber extends AutoCloseable {

  /** The largest recording that it takes, in bytes. */
  long largest();

  /**
   * Runs on the calling thread until the recording is heard. The bytes are read as they are needed,
   * so that memory does not grow with the recording; the source is opened again for another
   * attempt, read by one thread at a time, not always the caller's, and closed.
   *
   * @throws io.parley.domain.port.PortFailure when it could not be tried, or what came back cannot
   *     be right; what the source throws reaches the caller, an {@link java.io.IOException} as
   *     {@link java.io.UncheckedIOException}
   * @throws IllegalArgumentException when the source does not give as many bytes as the recording
   *     says
   */
  Transcription transcribe(Recording recording);

  @Override
  void close();
}
