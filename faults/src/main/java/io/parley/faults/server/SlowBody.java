package io.parley.faults.server;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Bytes that come in pieces over some time, as from a slow line. */
final class SlowBody extends InputStream {
  private static final int PIECES = 20;

  private static final int PIECES_BEFORE = 5; // by then somebody receives them

  private final byte[] bytes;
  private final long pauseMillis;
  private final Runnable begun;
  private int pieces;
  private int next;

  /**
   * @param begun told once the first pieces are on their way
   */
  SlowBody(byte[] bytes, Duration over, Runnable begun) {
    this.bytes = bytes;
    this.begun = begun;
    this.pauseMillis = over.toMillis() / PIECES;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int at, int most) throws IOException {
    if (next == bytes.length) {
      return -1;
    }
    if (++pieces == PIECES_BEFORE) {
      begun.run();
    }
    try {
      Thread.sleep(pauseMillis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    int length = Math.min(Math.min(most, 1 + bytes.length / PIECES), bytes.length - next);
    System.arraycopy(bytes, next, into, at, length);
    next += length;
    return length;
  }
}
