package io.parley.application.check;

import java.time.Duration;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/** Waits for what comes late. */
record Patience(Duration most) {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** The first answer that is right, or the last one. */
  long await(LongSupplier question, LongPredicate right) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (true) {
      long answer = question.getAsLong();
      if (right.test(answer) || System.nanoTime() > deadline) {
        return answer;
      }
      Thread.sleep(PAUSE);
    }
  }
}
