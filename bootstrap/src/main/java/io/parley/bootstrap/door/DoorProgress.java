package io.parley.bootstrap.door;

/** Tells whoever asked how far things are. */
@FunctionalInterface
public interface DoorProgress {

  /**
   * To be called between small steps.
   *
   * @throws CommandStopped when nobody waits for the result any more, or the process stops
   */
  void show(String text);
}
