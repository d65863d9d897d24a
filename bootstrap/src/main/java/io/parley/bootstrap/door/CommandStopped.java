package io.parley.bootstrap.door;

/** A command is to end before it is through. */
public final class CommandStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandStopped() {
    super("The command was stopped before it was through.");
  }
}
