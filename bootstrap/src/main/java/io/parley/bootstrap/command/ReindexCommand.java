package io.parley.bootstrap.command;

import io.parley.bootstrap.command.ReindexWork.Action;
import io.parley.bootstrap.door.PlainJson;
import io.parley.bootstrap.settings.Settings;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley reindex}: moves everything to another model or vector store, and back. */
@Command(
    name = "reindex",
    description = {
      "Build the index anew, with another embedding model or in another vector store, "
          + "while the one that is there goes on to answer; then go over to it.",
      "The old one is kept until it is dropped. Without an option, what the settings "
          + "choose. Beside a running server it goes on in the background; without one, it "
          + "ends when it is done."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status%n",
    exitCodeList = {
      "0:it was done, or begun where nobody waits for it",
      "1:it was not done",
      "2:the command line is wrong"
    })
final class ReindexCommand implements Callable<Integer> {
  @Option(
      names = "--embedder",
      paramLabel = "NAME",
      description = "The model to embed with: local, openai or gemini.")
  private @Nullable String embedder;

  @Option(
      names = "--vector-store",
      paramLabel = "NAME",
      description = "The store to index in, named as in PARLEY_VECTOR_STORE.")
  private @Nullable String store;

  @Option(names = "--wait", description = "End when it is done.")
  private boolean wait;

  @Option(names = "--json", description = "Print JSON only.")
  private boolean json;

  @ArgGroup private @Nullable Other other;

  @Spec private CommandSpec spec;

  /** What else may be done with generations: one of them. */
  static final class Other {
    @Option(names = "--status", description = "Only show which indexes there are, and how far.")
    private boolean status;

    @Option(
        names = "--back",
        arity = "0..1",
        fallbackValue = "",
        paramLabel = "ID",
        description = "Go back to a retired one, which is brought up to date first.")
    private @Nullable String back;

    @Option(names = "--cancel", description = "Stop building; what was built is kept.")
    private boolean cancel;

    @Option(
        names = "--drop",
        paramLabel = "ID",
        description = "Remove a retired one with its index and its embeddings, for good.")
    private @Nullable String drop;
  }

  @SuppressWarnings("NullAway.Init") // picocli sets it
  ReindexCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = ParleyCommand.settings();
    Logs.forCommand(settings.logLevel());
    ProgressLine progress = ProgressLine.onTerminal(!json);
    Map<String, Object> report =
        new InOwner(settings, progress).run(new ReindexWork(), arguments());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(PlainJson.write(report));
    } else {
      print(report, out);
    }
    out.flush();
    return 0;
  }

  private Map<String, Object> arguments() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put(ReindexWork.ACTION, action().name());
    arguments.put(ReindexWork.WAIT, wait);
    put(arguments, ReindexWork.EMBEDDER, embedder);
    put(arguments, ReindexWork.STORE, store);
    if (other != null) {
      put(arguments, ReindexWork.GENERATION, other.back);
      put(arguments, ReindexWork.GENERATION, other.drop);
    }
    return arguments;
  }

  private static void put(Map<String, Object> arguments, String name, @Nullable String value) {
    if (value != null) {
      arguments.put(name, value);
    }
  }

  private Action action() {
    if (other == null) {
      return Action.MOVE;
    }
    if (other.status) {
      return Action.STATUS;
    }
    if (other.cancel) {
      return Action.CANCEL;
    }
    return other.back == null ? Action.DROP : Action.BACK;
  }

  private static void print(Map<String, Object> report, PrintWriter out) {
    String line = "%-9s %-36s %-30s %-10s %16s %16s%n";
    out.printf(line, "state", "generation", "model", "store", "embedded", "log");
    for (Map<?, ?> each : maps(report.get(ReindexWork.GENERATIONS))) {
      out.printf(
          line,
          each.get(ReindexReport.STATE),
          each.get(ReindexReport.ID),
          each.get(ReindexReport.MODEL),
          each.get(ReindexReport.STORE),
          each.get(ReindexReport.EMBEDDED) + "/" + each.get(ReindexReport.CHUNKS),
          each.get(ReindexReport.POSITION) + "/" + each.get(ReindexReport.HEAD));
    }
    for (Map<?, ?> each : maps(report.get(ReindexWork.GENERATIONS))) {
      if (each.get(ReindexReport.FAILURE) instanceof String why) {
        out.printf("%s: %s%n", each.get(ReindexReport.ID), why);
      }
    }
    if (Boolean.FALSE.equals(report.get(ReindexWork.DONE))) {
      out.println(
          "It is being built in the background. 'parley reindex --status' shows how far it is.");
    }
  }

  private static List<Map<?, ?>> maps(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList()
        : List.of();
  }
}
