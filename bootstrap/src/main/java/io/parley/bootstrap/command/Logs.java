package io.parley.bootstrap.command;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Where and how much is logged; to be said before the first logger is made. */
final class Logs {
  /** Held, because the level of a logger that nobody holds is forgotten. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  /** Warns at every start of a module that is left out on purpose. */
  private static final Logger VECTORIZATION =
      Logger.getLogger("org.apache.lucene.internal.vectorization");

  private Logs() {}

  /** Structured lines for a server; for people while it is under development. */
  static void forServer(String level, boolean structured) {
    System.setProperty("parley.log.level", level);
    System.setProperty("parley.log.format", structured ? "json" : "plain");
    quietLibraries();
  }

  /** Only what went wrong, so that a command's own words can be read. */
  static void forCommand(String level) {
    System.setProperty("parley.log.level", level.equals("DEBUG") ? level : "ERROR");
    System.setProperty("parley.log.format", "plain");
    quietLibraries();
  }

  /** Libraries that log past the logger that Parley uses. */
  private static void quietLibraries() {
    LUCENE.setLevel(Level.WARNING);
    VECTORIZATION.setLevel(Level.SEVERE);
  }
}
