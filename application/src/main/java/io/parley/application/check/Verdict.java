package io.parley.application.check;

/** What became of a check. */
public sealed interface Verdict {

  /**
   * The backend did what it should.
   *
   * @param detail what was found, in a few words; may be empty
   */
  record Passed(String detail) implements Verdict {}

  /**
   * It did not.
   *
   * @param sentence what happened
   * @param remedy what to do about it
   */
  record Failed(String sentence, String remedy) implements Verdict {}

  /**
   * It was not tried.
   *
   * @param why a sentence
   */
  record Skipped(String why) implements Verdict {}

  static Verdict passed() {
    return new Passed("");
  }

  static Verdict passed(String detail) {
    return new Passed(detail);
  }

  static Verdict skipped(String why) {
    return new Skipped(why);
  }
}
