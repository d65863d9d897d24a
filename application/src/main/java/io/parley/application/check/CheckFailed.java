package io.parley.application.check;

import org.jspecify.annotations.Nullable;

/** A backend did what it must not do. */
public final class CheckFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String remedy;

  /**
   * Without a remedy of its own: that of the subject helps.
   *
   * @param sentence what happened; no secret, no text of a document
   */
  public CheckFailed(String sentence) {
    this(sentence, null);
  }

  /**
   * @param remedy what to do about it
   */
  public CheckFailed(String sentence, @Nullable String remedy) {
    super(sentence);
    this.remedy = remedy;
  }

  /** Throws when it is not so. */
  public static void unless(boolean right, String sentence) {
    if (!right) {
      throw new CheckFailed(sentence);
    }
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  @Nullable String remedy() {
    return remedy;
  }
}
