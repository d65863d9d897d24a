package io.parley.application.digest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes that are counted and summed up while they are read, up to a limit. */
public final class CheckedBytes extends FilterInputStream {
  private final MessageDigest sha256 = sha256();
  private final long most;
  private long size;

  /**
   * Bytes of a stream.
   *
   * @param most where it ends at the latest
   */
  public CheckedBytes(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int wanted = (int) Math.min(length, most - size);
    int read = wanted == 0 && length > 0 ? -1 : super.read(bytes, offset, wanted);
    if (read > 0) {
      sha256.update(bytes, offset, read);
      size += read;
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    return Math.max(0, read(new byte[Math.clamp(count, 0, 8_192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** How many were read. */
  public long size() {
    return size;
  }

  /** Whether what was read is this; to be asked once. */
  public boolean are(long expectedSize, String expectedSha256) {
    return size == expectedSize && HexFormat.of().formatHex(sha256.digest()).equals(expectedSha256);
  }
}
