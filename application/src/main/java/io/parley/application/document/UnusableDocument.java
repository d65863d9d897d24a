package io.parley.application.document;

/** The file cannot be used, and trying again will not help. */
final class UnusableDocument extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableDocument(String sentence) {
    super(sentence);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
