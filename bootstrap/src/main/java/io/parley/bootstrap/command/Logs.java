package io.parley.bootstrap.command;

/** Where and how much is logged; to be said before the first logger is made. */
final class Logs {
  private Logs() {}

  /** Structured lines for a server. */
  static void forServer(String level) {
    System.setProperty("parley.log.level", level);
  }

  /** Only what went wrong, so that a command's own words can be read. */
  static void forCommand(String level) {
    System.setProperty("parley.log.level", level.equals("DEBUG") ? level : "ERROR");
    System.setProperty("parley.log.format", "plain");
  }
}
