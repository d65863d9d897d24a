package io.parley.bootstrap.door;

import java.util.Map;

/** Something that can be asked for through the door. */
@FunctionalInterface
public interface DoorCommand {

  /**
   * Does it; what goes in and out are plain values ({@link PlainJson}).
   *
   * @throws CommandStopped when the progress has said so
   * @throws RuntimeException with a sentence for people when it cannot be done
   */
  Map<String, Object> run(Map<String, Object> arguments, DoorProgress progress);
}
