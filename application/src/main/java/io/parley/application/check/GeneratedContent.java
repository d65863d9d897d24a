package io.parley.application.check;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** So many bytes that no compression makes smaller, made as they are read: memory holds a piece. */
final class GeneratedContent extends InputStream {
  private static final int BUFFER = 64 * 1024;

  private final SplittableRandom random;
  private final byte[] word = new byte[1];
  private final MessageDigest digest = sha256();
  private long left;

  GeneratedContent(long size, long seed) {
    this.left = size;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public int read() {
    return read(word, 0, 1) < 0 ? -1 : word[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    int count = (int) Math.min(Math.min(length, BUFFER), left);
    for (int i = 0; i < count; i++) {
      target[offset + i] = (byte) random.nextInt();
    }
    digest.update(target, offset, count);
    left -= count;
    return count;
  }

  /** Of what has been read, lower-case hexadecimal; once. */
  String sha256Read() {
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
