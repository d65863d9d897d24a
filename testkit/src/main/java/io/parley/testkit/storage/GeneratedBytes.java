package io.parley.testkit.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A stream of pseudo-random bytes that nobody holds in memory, which counts what is taken from it
 * and can break on the way. Two with the same seed give the same bytes.
 */
public final class GeneratedBytes extends InputStream {
  private final long seed;
  private final long size;
  private final long breaksAt;
  private long taken;

  private GeneratedBytes(long seed, long size, long breaksAt) {
    this.seed = seed;
    this.size = size;
    this.breaksAt = breaksAt;
  }

  /** Exactly {@code size} bytes. */
  public static GeneratedBytes of(long seed, long size) {
    return new GeneratedBytes(seed, size, Long.MAX_VALUE);
  }

  /** Throws an {@link IOException} after {@code breaksAt} bytes. */
  public static GeneratedBytes breaking(long seed, long breaksAt) {
    return new GeneratedBytes(seed, Long.MAX_VALUE, breaksAt);
  }

  /** Bytes taken so far. */
  public long taken() {
    return taken;
  }

  @Override
  public int read() throws IOException {
    if (taken >= breaksAt) {
      throw new IOException("The sender went away.");
    }
    if (taken >= size) {
      return -1;
    }
    return at(taken++) & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (taken >= breaksAt) {
      throw new IOException("The sender went away.");
    }
    if (taken >= size) {
      return -1;
    }
    int count = (int) Math.min(length, Math.min(size, breaksAt) - taken);
    for (int i = 0; i < count; i++) {
      target[offset + i] = at(taken++);
    }
    return count;
  }

  private byte at(long index) {
    long mixed = (seed * 0x9E3779B97F4A7C15L + index) * 0xBF58476D1CE4E5B9L;
    return (byte) (mixed >>> 40);
  }
}
