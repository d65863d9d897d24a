package io.parley.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, started by its launcher in a process of its own and stopped by SIGTERM. */
final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The same for all, since one server reads the database of another. */
  private static final String SECRET_KEY = "only-for-measuring-only-for-measuring";

  private final Process process;
  private final URI uri;
  private final double readyMillis;
  private final double cpuMillis;

  private RunningServer(Process process, URI uri, double readyMillis, double cpuMillis) {
    this.process = process;
    this.uri = uri;
    this.readyMillis = readyMillis;
    this.cpuMillis = cpuMillis;
  }

  /**
   * Starts it and waits for the first 200 of {@code /health/ready}, asked every 10 ms.
   *
   * @param launcher the file {@code parley}
   * @param data the data directory
   * @param settings further settings
   */
  static RunningServer start(Path launcher, Path data, Map<String, String> settings)
      throws IOException, InterruptedException {
    int port = freePort();
    Files.createDirectories(data);
    ProcessBuilder builder = new ProcessBuilder(launcher.toAbsolutePath().toString());
    Map<String, String> environment = builder.environment();
    environment.put("PARLEY_BUILD", "off");
    environment.put("PARLEY_SECRET_KEY", SECRET_KEY);
    environment.put("PARLEY_DATA_DIR", data.toAbsolutePath().toString());
    environment.put("API_PORT", Integer.toString(port));
    environment.putAll(settings);
    builder.redirectErrorStream(true).redirectOutput(data.resolveSibling("server.log").toFile());
    URI uri = URI.create("http://127.0.0.1:" + port);
    long start = System.nanoTime();
    Process process = builder.start();
    awaitReady(uri, process, start);
    double ready = (System.nanoTime() - start) / 1e6;
    return new RunningServer(process, uri, ready, cpuMillis(process));
  }

  private static void awaitReady(URI uri, Process process, long start)
      throws IOException, InterruptedException {
    HttpRequest question =
        HttpRequest.newBuilder(uri.resolve("/health/ready")).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!isReady(client, question)) {
        if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
          process.destroy();
          throw new IOException("The server did not come up; see server.log beside its data.");
        }
        Thread.sleep(10);
      }
    }
  }

  private static boolean isReady(HttpClient client, HttpRequest question)
      throws InterruptedException {
    try {
      return client.send(question, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  private static double cpuMillis(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  URI uri() {
    return uri;
  }

  /** From the launcher's start to the first 200. */
  double readyMillis() {
    return readyMillis;
  }

  /** Processor time of the JVM and the launcher before it until then, PostgreSQL's not included. */
  double startCpuMillis() {
    return cpuMillis;
  }

  /** The JVM's own, until now. */
  double cpuMillis() {
    return cpuMillis(process);
  }

  long pid() {
    return process.pid();
  }

  /** All processes of a data directory: the JVM, its children, and PostgreSQL's. */
  List<Long> processes(Path data) throws IOException {
    return ProcessTree.of(pid(), data);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
