package io.parley.bootstrap.command;

import io.parley.application.LocalBot;
import io.parley.application.conversation.Exchange;
import io.parley.bootstrap.server.Installation;
import io.parley.bootstrap.settings.Settings;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code parley ask}: takes files in, answers one question about them, and leaves nothing behind.
 */
@Command(
    name = "ask",
    description = {
      "Take files or folders in and answer a question about them, with citations.",
      "Leaves nothing behind unless --keep names a directory."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status%n",
    exitCodeList = {
      "0:it answered, or found that the files do not answer",
      "1:a file could not be used, or something failed",
      "2:the command line is wrong"
    })
final class AskCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files, or folders of files.")
  private List<Path> files;

  @Option(
      names = {"-q", "--question"},
      required = true,
      description = "What you want to know.")
  private String question;

  @Option(names = "--json", description = "Print JSON only.")
  private boolean json;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep what was taken in there, and use what is there already.")
  private @Nullable Path keep;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets them
  AskCommand() {}

  @Override
  public Integer call() throws Exception {
    if (question.isBlank()) {
      throw new ParleyCommand.Refusal("The question is empty.");
    }
    List<Path> found = InputFiles.expand(files);
    Path directory = keep == null ? Files.createTempDirectory("parley-ask-") : keep;
    if (keep != null) {
      return ask(found, directory);
    }
    try (CleanEnd _ = CleanEnd.of(directory)) {
      return ask(found, directory);
    }
  }

  private int ask(List<Path> found, Path directory) throws IOException, InterruptedException {
    Settings settings = settings(directory);
    Logs.forCommand(settings.logLevel());
    ProgressLine progress = new ProgressLine(System.err, isTerminal() && !json);
    progress.show("Starting…");
    try (Installation installation = Installation.open(settings)) {
      LocalBot bot = installation.parley().start().localBot("ask");
      Intake intake = new Intake(bot, progress);
      intake.take(found);
      progress.show("Thinking…");
      Exchange exchange = bot.ask(question);
      progress.clear();
      AnswerPrinter printer = new AnswerPrinter(spec.commandLine().getOut());
      if (json) {
        printer.json(exchange, intake.failures());
      } else {
        printer.text(exchange);
        intake.failures().forEach((file, why) -> System.err.println(file + ": " + why));
      }
      return intake.failures().isEmpty() ? 0 : 1;
    }
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private static Settings settings(Path directory) {
    return Settings.readApart(System.getenv(), ParleyCommand.home(), directory);
  }
}
