package io.parley.bootstrap.command;

import io.parley.adapter.web.WebConfig;
import io.parley.bootstrap.server.ParleyServer;
import io.parley.bootstrap.settings.Settings;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** {@code parley serve}: answers over HTTP until it is told to stop. */
@Command(
    name = "serve",
    description = "Serve the HTTP interface (what 'parley' alone does).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = ParleyCommand.settings();
    Logs.forServer(
        settings.logLevel(), settings.environment() != WebConfig.Environment.DEVELOPMENT);
    ParleyServer server = ParleyServer.start(settings);
    stopOnSignal(server);
    announce(server);
    new CountDownLatch(1).await();
    return 0;
  }

  /**
   * SIGTERM and SIGINT run this hook; a JVM that ends by itself would say 143, but stopping when
   * told to is success.
   */
  private static void stopOnSignal(ParleyServer server) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("parley-stop")
                .unstarted(() -> {
                  server.close();
                  Runtime.getRuntime().halt(0);
                }));
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
    text.append("  Model        none configured: answers quote the sentences of your documents\n");
    System.err.print(text);
    System.err.flush();
  }
}
