package io.parley.adapter.ai.remote;

/** Nobody waits for the answer any more. Expected, so it carries no stack. */
final class CallCancelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CallCancelled() {
    super("The call was cancelled.", null, false, false);
  }
}
