package io.parley.bootstrap.command;

import io.parley.adapter.web.WebConfig;
import io.parley.bootstrap.door.LocalDoor;
import io.parley.bootstrap.server.ParleyServer;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.ai.ChatModel;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code parley serve}: answers over HTTP until it is told to stop. */
@Command(
    name = "serve",
    description = "Serve the HTTP interface (what 'parley' alone does).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final int NOT_IN_GOOD_ORDER = 1;
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = ParleyCommand.settings();
    Logs.forServer(
        settings.logLevel(), settings.environment() != WebConfig.Environment.DEVELOPMENT);
    start(settings);
    new CountDownLatch(1).await();
    return 0;
  }

  /** The server, and the door for commands beside it, which closes first. */
  private record Serving(ParleyServer server, AutoCloseable door) {
    void close() throws Exception {
      try (server) {
        door.close();
      }
    }
  }

  /** Told to stop already while it starts, it comes up first and is then closed like any other. */
  private static void start(Settings settings) {
    CompletableFuture<AutoCloseable> server = new CompletableFuture<>();
    Thread stop = Thread.ofPlatform().name("parley-stop").unstarted(() -> stop(server));
    StopSignals.handle(stop);
    try {
      ParleyServer started = ParleyServer.start(settings);
      AutoCloseable door =
          LocalDoor.open(settings.dataDirectory(), LocalCommands.on(started.installation()));
      announce(started); // asks the database, which whoever is to stop would close meanwhile
      server.complete(new Serving(started, door)::close);
    } catch (RuntimeException | Error e) {
      server.completeExceptionally(e);
      StopSignals.forget(stop);
      awaitEnd(stop);
      throw e;
    }
  }

  /** A start that was cut off because somebody stopped it ends as the stop does. */
  private static void awaitEnd(Thread stop) {
    try {
      if (stop.getState() != Thread.State.NEW) {
        stop.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Signals run this; a JVM that ends by itself would say 143, but stopping when told to is
   * success.
   */
  private static void stop(Future<AutoCloseable> server) {
    int status = NOT_IN_GOOD_ORDER;
    try {
      status = closed(server);
    } finally {
      Runtime.getRuntime().halt(status);
    }
  }

  /** The exit status: 0 when all was closed. */
  static int closed(Future<AutoCloseable> server) {
    try {
      server.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS).close();
      return 0;
    } catch (ExecutionException e) {
      return 0; // The start failed, and has closed what it had opened.
    } catch (Exception e) {
      LoggerFactory.getLogger(ServeCommand.class)
          .warn("Parley could not be stopped in good order", e);
      return NOT_IN_GOOD_ORDER;
    }
  }

  private static void announce(ParleyServer server) {
    URI uri = server.uri();
    StringBuilder text = new StringBuilder();
    text.append("Parley is ready.\n");
    text.append("  API          ").append(uri).append("/api/v1\n");
    text.append("  API docs     ").append(uri).append("/docs\n");
    server
        .setupCode()
        .ifPresent(code ->
            text.append("  Set-up code  ")
                .append(code.reveal())
                .append("   (makes the first staff account, once)\n"));
    text.append("  Model        ").append(model(server)).append('\n');
    System.err.print(text);
    System.err.flush();
  }

  private static String model(ParleyServer server) {
    ChatModel standard = server.installation().chatModels().standard();
    return standard.generative()
        ? standard.name()
        : "none configured: answers quote the sentences of your documents";
  }
}
