package io.parley.faults.check;

/**
 * Something that must not be.
 *
 * @param rule what is broken, the same words each time
 * @param detail where
 */
public record Violation(String rule, String detail) {
  @Override
  public String toString() {
    return rule + ": " + detail;
  }
}
