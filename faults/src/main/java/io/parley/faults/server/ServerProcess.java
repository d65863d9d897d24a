package io.parley.faults.server;

import io.parley.faults.check.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged program on a data directory, as its launcher starts it. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final Path data;

  private ServerProcess(Process process, Path data) {
    this.process = process;
    this.data = data;
  }

  /** An address that nobody listens on; the same after every restart. */
  static URI freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  /** Starts it without waiting for it. */
  static ServerProcess start(Path launcher, Path data, URI address, Map<String, String> settings)
      throws IOException {
    Files.createDirectories(data);
    ProcessBuilder builder = new ProcessBuilder(launcher.toAbsolutePath().toString());
    Map<String, String> environment = builder.environment();
    environment.put("PARLEY_BUILD", "off");
    environment.put("PARLEY_DATA_DIR", data.toString());
    environment.put("PARLEY_RATE_LIMIT", "0");
    environment.put("PARLEY_ERASE_AGAIN_AFTER", "1"); // seconds: a run waits for it
    environment.put("API_PORT", Integer.toString(address.getPort()));
    environment.putAll(settings);
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()))
            .start();
    return new ServerProcess(process, data);
  }

  void awaitReady(HttpClient http, URI address) throws IOException, InterruptedException {
    HttpRequest question =
        HttpRequest.newBuilder(address.resolve("/health/ready")).timeout(Deadline.LONG).build();
    Deadline deadline = Deadline.far();
    while (!isReady(http, question)) {
      if (!process.isAlive()) {
        throw new IOException("The server did not come up; see the log beside " + data);
      }
      deadline.pause(20, "the server does not come up; see the log beside " + data);
    }
  }

  private static boolean isReady(HttpClient http, HttpRequest question)
      throws InterruptedException {
    try {
      return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Everything that it said since its data directory was made. */
  String log() throws IOException {
    return Files.readString(log(data));
  }

  private static Path log(Path data) {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  /** What its workers are called by in the queue, before their own names. */
  String id() throws IOException {
    return Files.readString(data.resolve("server-id")).strip();
  }

  /** As a machine does it that is out of memory, or whose host moves it. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Goes on as if nothing had been. */
  void wake() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int status = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("kill -" + name + " " + pid + " ended with " + status);
    }
  }

  /** As {@code kill -9} does it. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** The embedded PostgreSQL too, as a power cut does it. False when none runs. */
  boolean killDatabase() throws IOException, InterruptedException {
    Optional<ProcessHandle> postmaster = postmaster();
    if (postmaster.isEmpty()) {
      return false;
    }
    postmaster.get().destroyForcibly();
    Deadline deadline = Deadline.far();
    while (postmaster.get().isAlive()) {
      deadline.pause(10, "PostgreSQL does not end");
    }
    return true;
  }

  /** Which process its embedded PostgreSQL is. Empty when none runs. */
  OptionalLong databasePid() throws IOException {
    return postmaster().stream().mapToLong(ProcessHandle::pid).findFirst();
  }

  private Optional<ProcessHandle> postmaster() throws IOException {
    Path file = postgres().resolve("data").resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Optional<String> pid = Files.readAllLines(file).stream().findFirst(); // a full disk keeps none
    return pid.map(String::strip)
        .map(Long::valueOf)
        .flatMap(ProcessHandle::of)
        .filter(ServerProcess::isPostgres);
  }

  /** The file may be old, and its number another program's by now. */
  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/postgres")).isPresent();
  }

  private Path postgres() {
    return data.resolve("postgres");
  }

  /** Where its embedded stores lie. */
  Stores stores() throws IOException {
    return stores(data.resolve("blobs"));
  }

  /** The same with files elsewhere. */
  Stores stores(Path blobs) throws IOException {
    String port = Files.readString(postgres().resolve("port")).strip();
    String password = Files.readString(postgres().resolve("password")).strip();
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/parley";
    return stores(url, "parley", password, blobs);
  }

  /** Its own indexes, beside a database and files that it shares. */
  Stores stores(String jdbcUrl, String user, String password, Path blobs) throws IOException {
    Path index = data.resolve("index");
    try (Stream<Path> generations = Files.list(index.resolve("vectors"))) {
      Path vectors = generations.findFirst().orElseThrow();
      return new Stores(jdbcUrl, user, password, vectors, index.resolve("words"), blobs);
    }
  }

  /** Stops it in good order; what it ends with. */
  int stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(Deadline.LONG.toMinutes(), TimeUnit.MINUTES)) {
      throw new IOException("The server does not stop; see the log beside " + data);
    }
    return process.exitValue();
  }

  /** Whatever was left when something failed, its PostgreSQL too. */
  @Override
  public void close() {
    try {
      kill();
      var _ = killDatabase();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
