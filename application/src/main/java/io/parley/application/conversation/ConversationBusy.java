package io.parley.application.conversation;

/** A conversation takes one question at a time, and the one before is still being answered. */
public final class ConversationBusy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConversationBusy() {
    super(
        "Another question in this conversation is being answered. Wait for its answer, then ask"
            + " again.");
  }
}
