package io.parley.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * How long a start takes until the first 200 of {@code /health/ready}: with the embedded database
 * over a new data directory, then over one that is there, then with an external database, each in a
 * fresh process. Arguments: the launcher, how many starts (9).
 */
public final class StartReport {
  private StartReport() {}

  /** Prints a line a kind of start. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path launcher = Path.of(arguments[0]);
    int starts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
    Path directory = Files.createTempDirectory("parley-start-");
    Path data = directory.resolve("data");
    RunningServer.start(launcher, data, Map.of()).close();
    System.out.println(Figures.load());
    measure("new data directory", launcher, i -> directory.resolve("new-" + i), Map.of(), starts);
    measure("embedded database", launcher, _ -> data, Map.of(), starts);
    try (RunningServer host = RunningServer.start(launcher, data, Map.of())) {
      String database = EmbeddedDatabaseUrl.of(data);
      Path own = directory.resolve("own");
      Map<String, String> settings =
          Map.of("DATABASE_URL", database, "PARLEY_BLOB_DIR", data.resolve("blobs").toString());
      RunningServer.start(launcher, own, settings).close();
      measure("external database", launcher, _ -> own, settings, starts);
      System.out.printf(Locale.ROOT, "(its database was that of the server at %s)%n", host.uri());
    }
    System.out.println(Figures.load());
  }

  private static void measure(
      String what, Path launcher, IntFunction<Path> data, Map<String, String> settings, int starts)
      throws IOException, InterruptedException {
    double[] millis = new double[starts];
    double[] cpu = new double[starts];
    for (int i = 0; i < starts; i++) {
      try (RunningServer server = RunningServer.start(launcher, data.apply(i), settings)) {
        millis[i] = server.readyMillis();
        cpu[i] = server.startCpuMillis();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %s ms to ready; %s ms of processor time; %d starts%n",
        what,
        Figures.spread(millis),
        Figures.spread(cpu),
        starts);
  }
}
