package io.parley.application.document;

import java.util.Locale;

/** The file cannot be used, and trying again will not help. */
final class UnusableDocument extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableDocument(String sentence) {
    super(sentence);
  }

  /** The file is beyond a bound. */
  static UnusableDocument moreThan(int most, String what) {
    return new UnusableDocument(
        String.format(
            Locale.ROOT,
            "This file has more than %,d %s, the most that one file may have. Split it into several"
                + " files and upload them one by one.",
            most,
            what));
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
