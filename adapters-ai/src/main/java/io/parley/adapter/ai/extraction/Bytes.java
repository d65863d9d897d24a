package io.parley.adapter.ai.extraction;

import java.nio.charset.StandardCharsets;

/** Looking for marks in the first bytes of a file. */
final class Bytes {

  private Bytes() {}

  /** Where the Latin-1 mark first begins before {@code end}, -1 when nowhere. */
  static int indexOf(byte[] bytes, String mark, int end) {
    return indexOf(bytes, mark, 0, end);
  }

  static int indexOf(byte[] bytes, String mark, int from, int end) {
    byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = from; i < end && i + wanted.length <= bytes.length; i++) {
      if (isAt(bytes, i, wanted)) {
        return i;
      }
    }
    return -1;
  }

  static boolean startsWith(byte[] bytes, String mark) {
    byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= wanted.length && isAt(bytes, 0, wanted);
  }

  static boolean isAt(byte[] bytes, int at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
