package io.parley.adapter.ai.extraction.worker;

/** Ends the reading of a file for a known reason. */
final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;

  UnreadableException(Problem problem) {
    super(problem.name());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
