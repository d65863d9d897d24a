package io.parley.bootstrap.command;

import io.parley.bootstrap.door.PlainJson;
import io.parley.bootstrap.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley import}: brings in what {@code parley export} has written. */
@Command(
    name = "import",
    description = {
      "Bring in an archive that 'parley export' has written.",
      "Ids and passwords stay the same. What is here already stays as it is, so that an "
          + "import that broke off is simply run again; what was erased here does not come "
          + "back. The archive is checked before anything is written. Beside a running server "
          + "the documents are indexed in the background; without one, it ends when they are."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status%n",
    exitCodeList = {
      "0:all of it is stored, and indexed or queued for it",
      "1:it was not done",
      "2:the command line is wrong"
    })
final class ImportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "The archive.")
  private Path file;

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description =
          "Give the bot of the archive to this account, which is here, instead of bringing "
              + "its owner's.")
  private @Nullable String owner;

  @Option(names = "--json", description = "Print JSON only.")
  private boolean json;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets them
  ImportCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = ParleyCommand.settings();
    Logs.forCommand(settings.logLevel());
    Map<String, Object> report =
        new InOwner(settings, ProgressLine.onTerminal(!json)).run(new ImportWork(), arguments());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(PlainJson.write(report));
    } else {
      print(report, out);
    }
    out.flush();
    return 0;
  }

  /** The server's working directory is another one. */
  private Map<String, Object> arguments() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put(ImportWork.FILE, file.toAbsolutePath().normalize().toString());
    if (owner != null) {
      arguments.put(ImportWork.OWNER, owner);
    }
    return arguments;
  }

  private static void print(Map<String, Object> report, PrintWriter out) {
    String line = "%-14s %8s imported, %8s there already%n";
    out.printf(line, "accounts", report.get("accounts"), report.get("accounts_there"));
    out.printf(line, "bots", report.get("bots"), report.get("bots_there"));
    out.printf(line, "documents", report.get("documents"), report.get("documents_there"));
    out.printf(
        line, "conversations", report.get("conversations"), report.get("conversations_there"));
    tell(
        report, "documents_erased", " documents were erased here, and were not brought back.", out);
    tell(report, "documents_left_out", " documents are not whole in the archive.", out);
    if (Boolean.FALSE.equals(report.get(ImportWork.DONE))) {
      tell(report, "indexing", " documents are being indexed in the background.", out);
    }
  }

  private static void tell(
      Map<String, Object> report, String field, String sentence, PrintWriter out) {
    if (report.get(field) instanceof Number number && number.longValue() > 0) {
      out.println(number + sentence);
    }
  }
}
