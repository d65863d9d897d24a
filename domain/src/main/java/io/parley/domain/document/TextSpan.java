package io.parley.domain.document;

/**
 * A half-open range of text in UTF-16 units.
 *
 * @param start inclusive, at least 0
 * @param end exclusive, at least {@code start}
 */
public record TextSpan(int start, int end) {
  public TextSpan {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("Not a span: " + start + ".." + end);
    }
  }

  public int length() {
    return end - start;
  }

  /** The words of the span in the text that it was made for. */
  public String of(String text) {
    return text.substring(start, end);
  }

  public TextSpan shifted(int by) {
    return new TextSpan(start + by, end + by);
  }
}
