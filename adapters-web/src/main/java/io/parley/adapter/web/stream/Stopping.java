package io.parley.adapter.web.stream;

import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import jakarta.inject.Singleton;

/** Whether the server is being stopped, for work that may last longer than its stop. */
@Singleton
public final class Stopping {
  private volatile boolean begun;

  Stopping() {}

  /** From now on no stream goes on for long. */
  public void begin() {
    begun = true;
  }

  /** Ends what would go on, with a problem that says to try again. */
  public void check() {
    if (begun) {
      throw Problem.later(ProblemKind.UNAVAILABLE, "The server is stopping. Try again.")
          .asException();
    }
  }
}
