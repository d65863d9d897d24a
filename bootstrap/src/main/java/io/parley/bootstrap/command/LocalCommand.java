package io.parley.bootstrap.command;

import io.parley.bootstrap.door.CommandStopped;
import io.parley.bootstrap.door.DoorProgress;
import io.parley.bootstrap.server.Installation;
import java.util.Map;

/**
 * The work of a command on an installation, in whichever process owns it: the running server, or
 * the command itself when there is none. A new one is added to {@link LocalCommands}.
 */
interface LocalCommand {

  /** As it is asked for. */
  String name();

  /**
   * Does it; what goes in and out are plain values.
   *
   * @throws CommandStopped when the progress has said so
   */
  Map<String, Object> run(
      Installation installation, Map<String, Object> arguments, DoorProgress progress);
}
