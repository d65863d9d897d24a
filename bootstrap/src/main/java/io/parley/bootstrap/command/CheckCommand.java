package io.parley.bootstrap.command;

import io.parley.application.check.CheckReport;
import io.parley.application.check.CheckResult;
import io.parley.application.check.Probe;
import io.parley.application.check.RunChecks;
import io.parley.application.check.Verdict;
import io.parley.bootstrap.check.DeployedServerProbe;
import io.parley.bootstrap.check.ServerCalls;
import io.parley.bootstrap.door.DoorClient;
import io.parley.bootstrap.door.DoorRefusal;
import io.parley.bootstrap.server.CheckPlan;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley check}: tries everything that is configured for real. */
@Command(
    name = "check",
    description = {
      "Try everything that settings and credentials name for real: the database, the "
          + "vector store, the files, the models, the reader of files.",
      "Says what to do about each failure, and leaves nothing behind. Models and hosted "
          + "stores may charge for a few calls, and a bucket for some 110 MB. With --url, go "
          + "through a server from outside instead: upload, ask, preview, erase."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status%n",
    exitCodeList = {
      "0:everything passed",
      "1:something failed, was left behind, or the check was stopped",
      "2:the command line is wrong"
    })
final class CheckCommand implements Callable<Integer> {
  private static final String TOKEN = "PARLEY_CHECK_TOKEN";

  @Option(names = "--json", description = "Print JSON only.")
  private boolean json;

  @Option(names = "--url", paramLabel = "URL", description = "Go through the server there.")
  private @Nullable URI url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = {
        "An access token or an API key (read, chat, write) for that server. Better in the",
        "environment as " + TOKEN + ", where other users do not see it."
      })
  private @Nullable String token;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "An origin whose pages may call that server, such as https://app.example.com.")
  private @Nullable String origin;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  CheckCommand() {}

  @Override
  public Integer call() throws Exception {
    ProgressLine progress = ProgressLine.onTerminal(!json);
    CheckReport report = url == null ? here(progress) : outside(url, progress);
    progress.clear();
    CheckPrinter printer = new CheckPrinter(spec.commandLine().getOut());
    if (json) {
      printer.json(report);
    } else {
      printer.table(report);
    }
    return report.passed() ? 0 : 1;
  }

  private static CheckReport run(List<Probe> probes, ProgressLine progress) {
    return new RunChecks(
            (share, subject, check) -> progress.show(share, subject.name() + ": " + check.name()))
        .run(probes);
  }

  private CheckReport outside(URI server, ProgressLine progress) {
    String given = Optional.ofNullable(token).orElse(System.getenv(TOKEN));
    if (given == null || given.isBlank()) {
      throw wrong("--url needs a token: give --token, or set " + TOKEN + ".");
    }
    if (!List.of("http", "https").contains(String.valueOf(server.getScheme()))
        || server.getHost() == null) {
      throw wrong("--url must be an address such as https://parley.example.com.");
    }
    Logs.forCommand("ERROR");
    try (Stopping _ = Stopping.begin();
        ServerCalls calls = new ServerCalls(server, new Secret(given.strip()))) {
      return run(List.of(new DeployedServerProbe(calls, origin)), progress);
    }
  }

  private CheckReport here(ProgressLine progress) throws InterruptedException {
    if (token != null || origin != null) {
      throw wrong("--token and --origin are for --url.");
    }
    Settings settings = ParleyCommand.settings();
    Logs.forCommand(settings.logLevel());
    try (Stopping _ = Stopping.begin();
        Scratch scratch = Scratch.near(settings.dataDirectory())) {
      CheckPlan plan = new CheckPlan(settings, scratch.directory());
      CheckReport database = database(settings, plan, progress);
      return database.stopped() ? database : database.and(run(plan.backends(), progress));
    }
  }

  /** Only the process that has the embedded database touches it. */
  private static CheckReport database(Settings settings, CheckPlan plan, ProgressLine progress)
      throws InterruptedException {
    if (settings.database() == null) {
      Optional<DoorClient> server = new InOwner(settings, progress).server();
      if (server.isPresent()) {
        return through(server.get(), progress);
      }
    }
    return run(List.of(plan.database()), progress);
  }

  private static CheckReport through(DoorClient server, ProgressLine progress) {
    try (DoorClient door = server) {
      return CheckReport.of(door.run(CheckDatabaseWork.NAME, Map.of(), progress::show));
    } catch (DoorRefusal e) {
      Verdict failed =
          new Verdict.Failed(
              String.valueOf(e.getMessage()), "Start the server anew, and look at its log.");
      return new CheckReport(
          List.of(
              new CheckResult(
                  "PostgreSQL (embedded)", "ask the running server", failed, Duration.ZERO)),
          List.of(),
          Thread.currentThread().isInterrupted());
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
