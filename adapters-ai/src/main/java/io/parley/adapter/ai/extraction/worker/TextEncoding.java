package io.parley.adapter.ai.extraction.worker;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a text file is encoded: by its byte order mark, by the zeros of UTF-16, else UTF-8
 * unless more of it contradicts UTF-8 than speaks for it, which leaves Windows-1252, a superset of
 * Latin-1. What cannot be decoded is replaced, never refused.
 */
final class TextEncoding {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final int HEAD = 4096;

  private TextEncoding() {}

  /** Opens the file as text. */
  static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(new InputStreamReader(Files.newInputStream(file), of(file)));
  }

  static Charset of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    Charset marked = byMark(head);
    if (marked != null) {
      return marked;
    }
    Charset wide = byZeros(head);
    return wide != null ? wide : byBytes(file);
  }

  private static @Nullable Charset byMark(byte[] head) {
    if (starts(head, 0xEF, 0xBB, 0xBF)) {
      return UTF_8;
    }
    if (starts(head, 0, 0, 0xFE, 0xFF)) {
      return UTF_32BE;
    }
    if (starts(head, 0xFF, 0xFE, 0, 0)) {
      return UTF_32LE;
    }
    if (starts(head, 0xFE, 0xFF)) {
      return UTF_16BE;
    }
    return starts(head, 0xFF, 0xFE) ? UTF_16LE : null;
  }

  private static boolean starts(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Western text in UTF-16 has a zero in most of its even, or of its odd, places. */
  private static @Nullable Charset byZeros(byte[] head) {
    int[] zeros = new int[2];
    for (int i = 0; i < head.length; i++) {
      zeros[i % 2] += head[i] == 0 ? 1 : 0;
    }
    int pairs = head.length / 2;
    if (zeros[0] > pairs * 0.4 && zeros[1] < pairs * 0.1) {
      return UTF_16BE;
    }
    return zeros[1] > pairs * 0.4 && zeros[0] < pairs * 0.1 ? UTF_16LE : null;
  }

  private static Charset byBytes(Path file) throws IOException {
    int good = 0;
    int bad = 0;
    int missing = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 65_536)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        boolean continues = (b & 0xC0) == 0x80;
        if (missing > 0 && continues) {
          good += --missing == 0 ? 1 : 0;
          continue;
        }
        bad += missing > 0 || continues || b >= 0xF5 || b == 0xC0 || b == 0xC1 ? 1 : 0;
        missing = continues ? 0 : following(b);
      }
    }
    return bad + (missing > 0 ? 1 : 0) > good ? WINDOWS_1252 : UTF_8;
  }

  private static int following(int lead) {
    if (lead < 0xC2 || lead >= 0xF5) {
      return 0;
    }
    return lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  }
}
