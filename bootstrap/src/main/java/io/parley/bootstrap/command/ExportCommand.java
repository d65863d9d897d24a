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

/** {@code parley export}: one archive of a bot, or of everything. */
@Command(
    name = "export",
    description = {
      "Write everything, or one bot, into an archive: accounts, bots, documents with "
          + "their original files and embeddings, conversations.",
      "Works while the server runs. The archive holds the hashes of passwords: only you "
          + "may read it. Keep it so. 'parley import' brings it in elsewhere, whatever stores "
          + "and models are used there."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status%n",
    exitCodeList = {
      "0:the archive was written",
      "1:it was not, and nothing is left of it",
      "2:the command line is wrong"
    })
final class ExportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "The archive, such as parley.zip.")
  private Path file;

  @Option(names = "--bot", paramLabel = "ID", description = "Only this bot, and its owner's talks.")
  private @Nullable String bot;

  @Option(names = "--force", description = "Replace a file that is there.")
  private boolean force;

  @Option(names = "--json", description = "Print JSON only.")
  private boolean json;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets them
  ExportCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = ParleyCommand.settings();
    Logs.forCommand(settings.logLevel());
    Map<String, Object> report =
        new InOwner(settings, ProgressLine.onTerminal(!json)).run(new ExportWork(), arguments());
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
    arguments.put(ExportWork.FILE, file.toAbsolutePath().normalize().toString());
    arguments.put(ExportWork.FORCE, force);
    if (bot != null) {
      arguments.put(ExportWork.BOT, bot);
    }
    return arguments;
  }

  private void print(Map<String, Object> report, PrintWriter out) {
    out.printf(
        "%s: %s accounts, %s bots, %s documents, %s conversations, %s bytes.%n",
        file,
        report.get("accounts"),
        report.get("bots"),
        report.get("documents"),
        report.get("conversations"),
        report.get("bytes"));
    if (report.get("left_out") instanceof Number left && left.longValue() > 0) {
      out.println(
          left
              + " documents were left out, because their original files are missing or damaged."
              + " 'parley reconcile' names those that are missing.");
    }
    out.println("It holds the hashes of passwords. Only you may read it: keep it so.");
  }
}
