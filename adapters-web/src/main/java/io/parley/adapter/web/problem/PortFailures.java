package io.parley.adapter.web.problem;

import io.parley.domain.port.PortFailure;
import java.time.Duration;

/** What a failed backend means to a caller. */
final class PortFailures {
  private static final Duration UNKNOWN = Duration.ofSeconds(5);

  private PortFailures() {}

  static Problem problem(PortFailure failure) {
    String sentence = failure.sentence();
    Duration wait = failure.retryAfter().orElse(UNKNOWN);
    return switch (failure.kind()) {
      case UNAVAILABLE, TIMEOUT -> Problem.later(ProblemKind.UNAVAILABLE, sentence, wait);
      case RATE_LIMITED -> Problem.later(ProblemKind.RATE_LIMITED, sentence, wait);
      case CREDENTIALS_REJECTED, INVALID_CONFIGURATION ->
          Problem.of(ProblemKind.UNAVAILABLE, sentence);
      case CORRUPT_DATA -> Problem.of(ProblemKind.INTERNAL, sentence);
      case STORAGE_FULL -> Problem.later(ProblemKind.STORAGE_FULL, sentence, wait);
    };
  }
}
