package io.parley.adapter.ai.extraction;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The decoded beginning of a file that is text.
 *
 * @param start its first characters
 * @param mediaType what Tika takes it for
 * @param whole whether that is all of a short file
 */
record TextSample(String start, String mediaType, boolean whole) {

  private static final Pattern PAGE =
      Pattern.compile(
          "\\A\\s*(<\\?xml[^>]*>\\s*)?(<!--[\\s\\S]*?-->\\s*)*<(!doctype\\s+html|html)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern MARKUP =
      Pattern.compile(
          "\\A\\s*(<!--[\\s\\S]*?-->\\s*)*<(head|title|body|meta|script|style|link|h[1-6]|p|div|table|ul|ol|article|section|main|header)\\b[^<]*>.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final int START = 8_192;

  /** Share of bytes that may contradict UTF-8 in a text of Western Europe's old encodings. */
  private static final double FOREIGN = 0.3;

  static Optional<TextSample> of(byte[] head) {
    Charset wide = wide(head);
    if (wide != null) {
      return wideText(head, wide);
    }
    if (hasControls(head) || !isMostlyReadable(head)) {
      return Optional.empty();
    }
    String type = TextFormats.mediaType(head);
    String start = new String(head, 0, Math.min(head.length, START), StandardCharsets.UTF_8);
    return TextFormats.isText(type)
        ? Optional.of(new TextSample(withoutMark(start), type, head.length <= START))
        : Optional.empty();
  }

  /** Whether it declares itself a page of HTML. */
  boolean isWholePage() {
    return PAGE.matcher(start).matches();
  }

  /** Whether it is HTML, be it a piece of a page. */
  boolean isHtml() {
    return isWholePage() || TextFormats.isHtml(mediaType) || MARKUP.matcher(start).matches();
  }

  private static Optional<TextSample> wideText(byte[] head, Charset charset) {
    int even = head.length - head.length % 2;
    String text = withoutMark(new String(head, 0, even, charset));
    long odd = text.chars().filter(TextSample::isOdd).count();
    return text.isEmpty() || odd > text.length() / 100
        ? Optional.empty()
        : Optional.of(
            new TextSample(
                text.substring(0, Math.min(text.length(), START)),
                TextFormats.PLAIN,
                text.length() <= START));
  }

  private static boolean isOdd(int c) {
    return c == 0xFFFD
        || !Character.isDefined(c)
        || (Character.isISOControl(c) && !Character.isWhitespace(c));
  }

  private static @Nullable Charset wide(byte[] head) {
    if (Bytes.startsWith(head, "\u00FE\u00FF")) {
      return StandardCharsets.UTF_16BE;
    }
    if (Bytes.startsWith(head, "\u00FF\u00FE")) {
      return StandardCharsets.UTF_16LE;
    }
    int[] zeros = new int[2];
    for (int i = 0; i < head.length; i++) {
      zeros[i % 2] += head[i] == 0 ? 1 : 0;
    }
    int pairs = head.length / 2;
    if (zeros[0] > pairs * 0.4 && zeros[1] < pairs * 0.1) {
      return StandardCharsets.UTF_16BE;
    }
    return zeros[1] > pairs * 0.4 && zeros[0] < pairs * 0.1 ? StandardCharsets.UTF_16LE : null;
  }

  private static boolean hasControls(byte[] head) {
    for (byte b : head) {
      boolean control = b >= 0 && b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f';
      if (control && b != 0x1B && b != 0x0B) {
        return true;
      }
    }
    return false;
  }

  /**
   * Counts what UTF-8 does not know; a character that the sample's end cuts through is not counted.
   */
  private static boolean isMostlyReadable(byte[] head) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(head);
    CharBuffer chars = CharBuffer.allocate(head.length + 1);
    int foreign = 0;
    while (true) {
      var result = decoder.decode(bytes, chars, false);
      if (!result.isError()) {
        return foreign <= head.length * FOREIGN;
      }
      foreign += result.length();
      bytes.position(bytes.position() + result.length());
    }
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
