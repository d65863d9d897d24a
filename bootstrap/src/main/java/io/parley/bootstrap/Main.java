package io.parley.bootstrap;

import io.parley.bootstrap.command.ParleyCommand;

/** The program. */
public final class Main {
  private Main() {}

  /** Without arguments it serves. */
  public static void main(String[] arguments) {
    System.exit(ParleyCommand.run(arguments));
  }
}
