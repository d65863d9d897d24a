package io.parley.bootstrap.command;

import io.parley.bootstrap.door.DoorCommand;
import io.parley.bootstrap.server.Installation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The commands that work on an installation. */
final class LocalCommands {
  private static final List<LocalCommand> ALL =
      List.of(
          new ReconcileWork(),
          new CheckDatabaseWork(),
          new ReindexWork(),
          new ExportWork(),
          new ImportWork());

  private LocalCommands() {}

  /** All of them, for those who come through the door of this installation. */
  static Map<String, DoorCommand> on(Installation installation) {
    Map<String, DoorCommand> commands = new HashMap<>();
    for (LocalCommand command : ALL) {
      commands.put(
          command.name(), (arguments, progress) -> command.run(installation, arguments, progress));
    }
    return commands;
  }
}
