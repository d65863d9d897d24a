package io.parley.bootstrap.command;

import io.parley.bootstrap.door.PlainJson;
import io.parley.bootstrap.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley reconcile}: compares every store with the database, and puts it right. */
@Command(
    name = "reconcile",
    description = {
      "Compare the indexes, the files and the rows with one another: remove what "
          + "belongs to nothing, add what is missing, take up work that was lost.",
      "Works beside a running server and without one."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status%n",
    exitCodeList = {
      "0:everything was compared",
      "1:something could not be compared",
      "2:the command line is wrong"
    })
final class ReconcileCommand implements Callable<Integer> {
  @Option(names = "--dry-run", description = "Only look: change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print JSON only.")
  private boolean json;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  ReconcileCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = ParleyCommand.settings();
    Logs.forCommand(settings.logLevel());
    ProgressLine progress = ProgressLine.onTerminal(!json);
    Map<String, Object> report =
        new InOwner(settings, progress)
            .run(new ReconcileWork(), Map.of(ReconcileWork.DRY_RUN, dryRun));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(PlainJson.write(report));
    } else {
      print(report, out);
    }
    out.flush();
    return Boolean.TRUE.equals(report.get("complete")) ? 0 : 1;
  }

  private static void print(Map<String, Object> report, PrintWriter out) {
    out.printf(
        "%-16s %10s %8s %8s %8s %8s %8s %8s%n",
        "store", "looked at", "missing", "orphaned", "repeated", "wrong", "repaired", "left");
    for (Map<?, ?> store : maps(report.get("stores"))) {
      out.printf(
          "%-16s %10s %8s %8s %8s %8s %8s %8s%n",
          store.get("store"),
          store.get("looked_at"),
          store.get("missing"),
          store.get("orphaned"),
          store.get("repeated"),
          store.get("wrong"),
          store.get("repaired"),
          store.get("left"));
    }
    for (Map<?, ?> store : maps(report.get("stores"))) {
      for (Map<?, ?> left : maps(store.get("details"))) {
        out.printf("%s: %s%n", left.get("what"), left.get("why"));
      }
      if (store.get("failure") instanceof String why) {
        out.printf("%s could not be compared to its end: %s%n", store.get("store"), why);
      }
    }
  }

  private static List<Map<?, ?>> maps(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList()
        : List.of();
  }
}
