package io.parley.domain.document;

/**
 * A file name as people know it: 1–255 characters, the last part of whatever path was given, no
 * control characters.
 */
public record DocumentName(String value) {

  /** Longest name, in UTF-16 units. */
  public static final int MAX = 255;

  public DocumentName {
    if (value.isEmpty() || value.length() > MAX) {
      throw new IllegalArgumentException("A document's name must have 1 to 255 characters.");
    }
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A document's name must not contain NUL.");
    }
  }

  /**
   * Takes the last part of a path, of either kind of slash.
   *
   * @throws IllegalArgumentException with a sentence for people when nothing usable is left
   */
  public static DocumentName of(String given) {
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String clean = withoutControls(last).strip();
    if (clean.length() > MAX) {
      throw new IllegalArgumentException(
          "The file's name has "
              + clean.length()
              + " characters; at most 255 are allowed. Rename it.");
    }
    if (clean.equals(".")
        || clean.equals("..")
        || clean.codePoints().noneMatch(DocumentName::isVisible)) {
      throw new IllegalArgumentException("The file needs a name. Send it with a file name.");
    }
    return new DocumentName(clean);
  }

  private static boolean isVisible(int codePoint) {
    return !Character.isSpaceChar(codePoint) && Character.getType(codePoint) != Character.FORMAT;
  }

  private static String withoutControls(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().filter(DocumentName::isPrintable).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          codePoint == 0x200C || codePoint == 0x200D;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return value;
  }
}
