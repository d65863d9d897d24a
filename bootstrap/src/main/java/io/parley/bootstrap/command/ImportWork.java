package io.parley.bootstrap.command;

import io.parley.adapter.storage.archive.ZipArchives;
import io.parley.application.Parley;
import io.parley.application.transfer.ImportKnowledge.Result;
import io.parley.application.transfer.ImportReport;
import io.parley.bootstrap.door.DoorProgress;
import io.parley.bootstrap.door.DoorRefusal;
import io.parley.bootstrap.server.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings an archive in. */
final class ImportWork implements LocalCommand {
  static final String FILE = "file";
  static final String OWNER = "owner";
  static final String DONE = "done";

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  @Override
  public String name() {
    return "import";
  }

  @Override
  public Map<String, Object> run(
      Installation installation, Map<String, Object> arguments, DoorProgress progress) {
    Parley parley = installation.parley();
    boolean alone = !parley.works();
    Result result =
        parley
            .importKnowledge(new ZipArchives())
            .run(Path.of(String.valueOf(arguments.get(FILE))), owner(arguments), progress::show);
    return switch (result) {
      case Result.Imported(ImportReport report) -> {
        if (alone) {
          work(parley, progress);
        }
        Map<String, Object> map = report.asMap();
        map.put(DONE, alone || report.indexing() == 0);
        yield map;
      }
      case Result.Refused(String why) -> throw new DoorRefusal(why);
    };
  }

  private static @Nullable String owner(Map<String, Object> arguments) {
    return arguments.get(OWNER) instanceof String owner ? owner : null;
  }

  /** Where no server works in the background, this process does, until all is done. */
  private static void work(Parley parley, DoorProgress progress) {
    parley.start();
    while (!parley.isIdle()) {
      progress.show("Indexing what was imported");
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DoorRefusal("Interrupted. All is stored; the next start goes on indexing it.");
      }
    }
  }
}
