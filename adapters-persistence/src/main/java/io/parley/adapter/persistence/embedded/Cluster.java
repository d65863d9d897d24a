package io.parley.adapter.persistence.embedded;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lies in the directory of one embedded server. */
final class Cluster {

  static final String USER = "parley";
  static final String MAJOR = "17";

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final int CLEAN_SECONDS = 3;
  private static final int HARD_SECONDS = 7; // PostgreSQL kills what is stuck after 5

  private final Path directory;

  Cluster(Path directory) {
    this.directory = directory;
  }

  /**
   * What the server writes about itself while it runs.
   *
   * @param port 0 while it is not known yet
   */
  record Postmaster(long pid, int port, boolean ready) {

    boolean isAlive() {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie();
    }

    /**
     * Ended, but not yet noticed by its parent: where process 1 reaps nothing, that is for ever.
     */
    private boolean isZombie() {
      try {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
      } catch (IOException e) {
        return false;
      }
    }

    /** Whether the process is PostgreSQL; true also where the system does not tell. */
    boolean isPostgres() {
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().command())
          .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
          .orElse(true);
    }
  }

  Path directory() {
    return directory;
  }

  Path data() {
    return directory.resolve("data");
  }

  Path binaries() {
    return directory.resolve("binaries");
  }

  Path log() {
    return directory.resolve("server.log");
  }

  private Path passwordFile() {
    return directory.resolve("password");
  }

  private Path portFile() {
    return directory.resolve("port");
  }

  private Path pidFile() {
    return data().resolve("postmaster.pid");
  }

  /** Whether there is one; refuses another major version's. */
  boolean exists() throws IOException {
    Path version = data().resolve("PG_VERSION");
    if (!Files.exists(version)) {
      return false;
    }
    String major = Files.readString(version).strip();
    if (!major.equals(MAJOR)) {
      throw EmbeddedFailure.configuration(
          "The data directory holds a database of PostgreSQL "
              + major
              + ", and this Parley brings PostgreSQL "
              + MAJOR
              + ". Back it up with the Parley that made it, and restore it into a new PARLEY_DATA_DIR.",
          null);
    }
    return true;
  }

  /** Makes a new cluster under a new password; what an interrupted attempt left is removed. */
  void initialise(Programs programs, Duration atMost) throws IOException {
    Path part = directory.resolve("data.part");
    PrivateFiles.deleteTree(part);
    PrivateFiles.write(passwordFile(), newPassword());
    programs.run(
        atMost,
        "initdb",
        List.of(
            "--pgdata=" + part,
            "--username=" + USER,
            "--pwfile=" + passwordFile(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions"));
    Files.move(part, data());
  }

  Secret password() throws IOException {
    if (!Files.exists(passwordFile())) {
      throw EmbeddedFailure.configuration(
          "The password file of the embedded database is missing: " + passwordFile() + ".", null);
    }
    return new Secret(Files.readString(passwordFile()).strip());
  }

  Optional<Postmaster> postmaster() throws IOException {
    List<String> lines = pidLines();
    if (lines.isEmpty() || lines.getFirst().isBlank()) {
      return Optional.empty();
    }
    int port = lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0;
    boolean ready = lines.size() > 7 && lines.get(7).strip().equals("ready");
    return Optional.of(new Postmaster(Long.parseLong(lines.getFirst().strip()), port, ready));
  }

  /** A server that starts removes the file of one that was killed, and writes its own. */
  private List<String> pidLines() throws IOException {
    try {
      return Files.readAllLines(pidFile());
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * Whether the server that runs can still read what it loads on demand, from where its programs
   * lay when it was started: they may have been moved or removed since.
   */
  boolean hasItsPrograms() throws IOException {
    Path options = data().resolve("postmaster.opts");
    String started = Files.exists(options) ? Files.readString(options) : "";
    int end = started.indexOf(" \"");
    return Files.exists(Path.of(end < 0 ? started.strip() : started.substring(0, end)));
  }

  boolean isServed() throws IOException {
    return postmaster().filter(found -> found.isAlive() && found.isPostgres()).isPresent();
  }

  void stop(Programs programs) throws IOException {
    try {
      stop(programs, "fast", CLEAN_SECONDS);
    } catch (PortFailure e) {
      if (isServed()) {
        LOG.warn(
            "The embedded database takes long to stop. It recovers at the next start instead.");
        stop(programs, "immediate", HARD_SECONDS);
      }
    }
  }

  private void stop(Programs programs, String mode, int seconds) throws IOException {
    programs.run(
        Duration.ofSeconds(seconds + 1),
        "pg_ctl",
        List.of(
            "stop",
            "--mode=" + mode,
            "--wait",
            "--timeout=" + seconds,
            "--silent",
            "--pgdata=" + data()));
  }

  void forgetPostmaster() throws IOException {
    Files.deleteIfExists(pidFile());
  }

  /** The port of last time while nobody listens there, else another one. */
  int freePort() throws IOException {
    if (Files.exists(portFile())) {
      int stored = Integer.parseInt(Files.readString(portFile()).strip());
      if (isFree(stored)) {
        return stored;
      }
    }
    return anotherPort();
  }

  int anotherPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = socket.getLocalPort();
      PrivateFiles.write(portFile(), port + "\n");
      return port;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String newPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
