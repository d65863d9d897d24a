package io.parley.bootstrap.command;

import io.parley.adapter.storage.archive.ZipArchives;
import io.parley.application.transfer.ExportKnowledge.Result;
import io.parley.application.transfer.ExportRequest;
import io.parley.bootstrap.door.DoorProgress;
import io.parley.bootstrap.door.DoorRefusal;
import io.parley.bootstrap.server.Installation;
import io.parley.domain.bot.BotId;
import io.parley.domain.transfer.Selection;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** Writes an archive. */
final class ExportWork implements LocalCommand {
  static final String FILE = "file";
  static final String BOT = "bot";
  static final String FORCE = "force";

  @Override
  public String name() {
    return "export";
  }

  @Override
  public Map<String, Object> run(
      Installation installation, Map<String, Object> arguments, DoorProgress progress) {
    ExportRequest request =
        new ExportRequest(
            Path.of(String.valueOf(arguments.get(FILE))),
            selection(arguments),
            Boolean.TRUE.equals(arguments.get(FORCE)),
            Version.current());
    Result result =
        installation.parley().exportKnowledge(new ZipArchives()).run(request, progress::show);
    return switch (result) {
      case Result.Exported(var report) -> report.asMap();
      case Result.Refused(String why) -> throw new DoorRefusal(why);
    };
  }

  private static Selection selection(Map<String, Object> arguments) {
    if (!(arguments.get(BOT) instanceof String bot)) {
      return new Selection.Everything();
    }
    try {
      return new Selection.OneBot(new BotId(UUID.fromString(bot)));
    } catch (IllegalArgumentException e) {
      throw new DoorRefusal("There is no bot with the id " + bot + ".");
    }
  }
}
