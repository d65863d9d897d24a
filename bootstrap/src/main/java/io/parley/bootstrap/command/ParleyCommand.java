package io.parley.bootstrap.command;

import io.parley.bootstrap.settings.Settings;
import io.parley.bootstrap.settings.WrongSetting;
import io.parley.domain.port.PortFailure;
import java.nio.file.Path;
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
      "  come from the environment and from .env files beside the launcher; 'parley config' shows",
      "  them, docs/configuration.md explains them."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      AskCommand.class,
      ConfigCommand.class,
      TrainAotCommand.class,
      HelpCommand.class
    })
public final class ParleyCommand implements Callable<Integer> {

  /** Runs a command line and returns the exit status. */
  public static int run(String... arguments) {
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
      switch (exception) {
        case WrongSetting wrong -> command.getErr().println("parley: " + wrong.getMessage());
        case PortFailure failure -> command.getErr().println("parley: " + failure.sentence());
        case Refusal refusal -> command.getErr().println("parley: " + refusal.getMessage());
        default -> throw exception;
      }
      return 1;
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
