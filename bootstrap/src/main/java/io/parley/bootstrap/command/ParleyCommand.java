package io.parley.bootstrap.command;

import io.parley.bootstrap.door.CommandStopped;
import io.parley.bootstrap.door.DoorRefusal;
import io.parley.bootstrap.settings.Settings;
import io.parley.bootstrap.settings.WrongSetting;
import io.parley.domain.port.PortFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;

/** {@code parley}: without a subcommand, the server. */
@Command(
    name = "parley",
    description =
        "Talk with what you know: answers from your documents, with citations that can be checked.",
    synopsisSubcommandLabel = "[COMMAND]",
    footerHeading = "%nSettings%n",
    footer = {
      "  come from the environment and from .env files beside the launcher;",
      "  'parley config' shows them, docs/configuration.md explains them."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      AskCommand.class,
      CheckCommand.class,
      ReconcileCommand.class,
      ReindexCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ConfigCommand.class,
      TrainAotCommand.class,
      HelpCommand.class
    })
public final class ParleyCommand implements Callable<Integer> {

  /** Runs a command line and returns the exit status. */
  public static int run(String... arguments) throws Exception {
    // The server is what starts most often: it does not wait for a parser that has nothing to
    // parse.
    return arguments.length == 0 ? serve() : parsed(arguments);
  }

  private static int serve() throws Exception {
    try {
      return new ServeCommand().call();
    } catch (Exception e) {
      System.err.println("parley: " + sentence(e).orElseThrow(() -> e));
      return 1;
    }
  }

  private static int parsed(String... arguments) {
    return new CommandLine(new ParleyCommand())
        .setExecutionExceptionHandler(sentences())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }

  @Override
  public Integer call() throws Exception {
    return new ServeCommand().call();
  }

  /** What went wrong outside is one sentence for people; only defects show where they are. */
  private static IExecutionExceptionHandler sentences() {
    return (exception, command, _) -> {
      command.getErr().println("parley: " + sentence(exception).orElseThrow(() -> exception));
      return 1;
    };
  }

  private static Optional<String> sentence(Exception exception) {
    return switch (exception) {
      case WrongSetting wrong -> Optional.ofNullable(wrong.getMessage());
      case PortFailure failure -> Optional.of(failure.sentence());
      case Refusal refusal -> Optional.ofNullable(refusal.getMessage());
      case DoorRefusal refusal -> Optional.ofNullable(refusal.getMessage());
      case CommandStopped stopped -> Optional.ofNullable(stopped.getMessage());
      default -> Optional.empty();
    };
  }

  /** The settings of this machine. */
  static Settings settings() {
    return Settings.read(System.getenv(), home());
  }

  /** The directory of the launcher. */
  static Path home() {
    return Path.of(System.getProperty("parley.home", ".")).toAbsolutePath().normalize();
  }

  /** A command cannot do what was asked; the message says why and what to do. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String sentence) {
      super(sentence);
    }
  }
}
