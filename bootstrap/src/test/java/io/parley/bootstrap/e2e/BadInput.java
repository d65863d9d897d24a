package io.parley.bootstrap.e2e;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that should not have been sent, and what the contract says to it.
 *
 * @param end what becomes of the document; null where none is made
 */
record BadInput(String what, int status, @Nullable String end, Supplier<Answer> sending) {

  static BadInput refused(String what, int status, Supplier<Answer> sending) {
    return new BadInput(what, status, null, sending);
  }

  static BadInput failing(String what, Supplier<Answer> sending) {
    return new BadInput(what, 202, "error", sending);
  }

  static BadInput fine(String what, Supplier<Answer> sending) {
    return new BadInput(what, 202, "complete", sending);
  }

  /** Whether it is taken in, with an end to wait for. */
  boolean isTaken() {
    return end != null;
  }
}
