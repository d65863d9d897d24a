package io.parley.adapter.web.request;

import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.domain.port.storage.RateDecision;

/** What a caller without a token is told. */
final class RateLimits {

  private RateLimits() {}

  static Problem refusal(RateDecision.Refused refused, String detail) {
    return Problem.later(ProblemKind.RATE_LIMITED, detail, refused.retryAfter());
  }
}
