package io.parley.domain.conversation;

/**
 * Knows whether the next character of a Markdown text stands in code, where {@code list[0]} is no
 * marker. Code in a line ends with the line at the latest.
 */
final class CodeContext {
  private boolean block;
  private boolean inline;
  private int ticks;
  private char previous = '\n';

  void take(char c) {
    if (c == '`') {
      ticks++;
    } else {
      endTicks();
      inline &= c != '\n';
    }
    previous = c;
  }

  private void endTicks() {
    if (ticks >= 3) {
      block = !block;
    } else if (ticks > 0 && !block) {
      inline = !inline;
    }
    ticks = 0;
  }

  /** Whether a bracket that comes now is an index: in code, right after what is indexed. */
  boolean indexFollows() {
    boolean indexed =
        Character.isLetterOrDigit(previous)
            || previous == '_'
            || previous == ']'
            || previous == ')';
    return indexed && (block || inline);
  }
}
