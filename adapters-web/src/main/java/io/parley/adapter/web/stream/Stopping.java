package io.parley.adapter.web.stream;

import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Whether the server is being stopped, for work that may last longer than its stop. */
@Singleton
public final class Stopping {
  private volatile boolean begun;
  private volatile long lateAt;

  Stopping() {}

  /**
   * From now on no stream goes on for long.
   *
   * @param answers how long answers may still take
   */
  public void begin(Duration answers) {
    lateAt = System.nanoTime() + answers.toNanos();
    begun = true;
  }

  /** Whether an answer that is still being given has to end, so that its end can be told. */
  boolean isLate() {
    return begun && System.nanoTime() - lateAt >= 0;
  }

  /** Ends what would go on, with a problem that says to try again. */
  public void check() {
    if (begun) {
      throw refusal();
    }
  }

  static ProblemException refusal() {
    return Problem.later(ProblemKind.UNAVAILABLE, "The server is stopping. Try again.")
        .asException();
  }
}
