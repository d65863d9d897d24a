package io.parley.testkit.server;

import java.io.IOException;

/** What goes wrong in the same way with every call. */
final class BrokenReplies {
  private BrokenReplies() {}

  /** False when the fault is none of these, and the call is still to be answered. */
  static boolean given(Fault fault, Dialect dialect, Reply reply) throws IOException {
    switch (fault) {
      case Fault.Refuses(int status, String code) ->
          reply.json(status, dialect.error(status, code));
      case Fault.Throttles(String retryAfter) -> {
        if (!retryAfter.isEmpty()) {
          reply.header("Retry-After", retryAfter);
        }
        reply.json(429, dialect.error(429, ""));
      }
      case Fault.Hangs _ -> reply.hang();
      case Fault.HangsUp _ -> throw new Reply.TornException();
      case Fault.Redirects(String address) -> {
        reply.header("Location", address);
        reply.json(307, "");
      }
      default -> {
        return false;
      }
    }
    return true;
  }
}
