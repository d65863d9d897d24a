package io.parley.adapter.persistence.embedded;

import io.parley.domain.port.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL below the data directory, reachable from this machine only, and with the
 * password that lies beside it only. Survives {@code kill -9} of its owner and is then adopted by
 * the next; when it ends itself, its owner starts it again at the same address. To be closed before
 * the lock.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String DATABASE = "parley";
  private static final int PORT_ATTEMPTS = 3;
  private static final long LOG_BYTES = 1 << 20;
  private static final Duration APPEARS_WITHIN = Duration.ofSeconds(15);
  private static final String CHILDREN_LEFT = "pre-existing shared memory block";

  private final Cluster cluster;
  private final EmbeddedDatabaseConfig config;
  private final Programs programs;
  private final Secret password;
  private final Revival revival = new Revival(this::isGone, this::comeBack);
  private int port;
  private boolean adopted;
  private volatile boolean closing;

  /** Whether a server was launched that has not yet said that it is there, or that it is not. */
  private volatile boolean launching;

  private EmbeddedDatabase(
      Cluster cluster, EmbeddedDatabaseConfig config, Programs programs, Secret password) {
    this.cluster = cluster;
    this.config = config;
    this.programs = programs;
    this.password = password;
  }

  /**
   * Starts the directory's server, or adopts the one that an owner before left running.
   *
   * @param owner the ownership of the data directory
   * @throws io.parley.domain.port.PortFailure when it does not come up; the sentence says what to
   *     do
   */
  public static EmbeddedDatabase start(DataDirectoryLock owner, EmbeddedDatabaseConfig config) {
    Cluster cluster = new Cluster(owner.directory().resolve("postgres"));
    try {
      PrivateFiles.directory(cluster.directory());
      Path home =
          PostgresBinaries.find(
              config.unpacked(),
              cluster.binaries(),
              there -> new Programs(there, cluster.directory()).canRun());
      Programs programs = new Programs(home, cluster.directory());
      if (!cluster.exists()) {
        LOG.info("Making the embedded database in {}.", cluster.data());
        cluster.initialise(programs, config.startTimeout());
      }
      EmbeddedDatabase database =
          new EmbeddedDatabase(cluster, config, programs, cluster.password());
      database.comeUpOrStop();
      return database;
    } catch (IOException e) {
      throw EmbeddedFailure.unavailable(
          "The embedded database could not be started: " + e.getMessage(), e);
    } catch (SQLException e) {
      throw EmbeddedFailure.unavailable(
          "The embedded database came up but does not answer. See " + cluster.log() + ".", e);
    }
  }

  /**
   * Unpacks PostgreSQL's programs below a directory, for {@link EmbeddedDatabaseConfig#unpacked}.
   */
  public static void unpackPrograms(Path directory) throws IOException {
    PostgresBinaries.unpackBelow(directory);
  }

  private void comeUpOrStop() throws IOException, SQLException {
    boolean up = false;
    try {
      comeUp();
      up = true;
    } finally {
      if (!up) {
        close();
      }
    }
  }

  private void comeUp() throws IOException, SQLException {
    Optional<Cluster.Postmaster> running = leftRunning();
    if (running.isPresent() && !cluster.hasItsPrograms()) {
      LOG.info("The embedded database is started anew, because its programs lie elsewhere now.");
      cluster.stop(programs);
      running = Optional.empty();
    }
    if (running.isPresent()) {
      port = running.get().port();
      adopted = true;
      LOG.info("Adopted the embedded database on port {}.", port);
    } else {
      launch();
    }
    ServerInquiry.prepare(port, password, DATABASE);
    revival.start();
  }

  private boolean isGone() throws IOException {
    return !cluster.isServed();
  }

  /** The port stays, because the address has been given to others. */
  private boolean comeBack() throws IOException {
    trimLog();
    if (cluster.postmaster().filter(p -> !p.isPostgres()).isPresent()) {
      cluster.forgetPostmaster(); // PostgreSQL would take the other program for its own
    }
    return isUpOn(port);
  }

  /** The server of this directory, if one runs; it may still be recovering or shutting down. */
  private Optional<Cluster.Postmaster> leftRunning() throws IOException {
    long deadline = System.nanoTime() + config.startTimeout().toNanos();
    while (true) {
      Optional<Cluster.Postmaster> postmaster = cluster.postmaster();
      if (postmaster.isEmpty() || !postmaster.get().isAlive()) {
        return Optional.empty();
      }
      if (ServerInquiry.serves(postmaster.get().port(), password, cluster.data())) {
        return postmaster;
      }
      if (!postmaster.get().isPostgres()) {
        LOG.info("The process id in postmaster.pid belongs to another program now.");
        cluster.forgetPostmaster();
        return Optional.empty();
      }
      if (System.nanoTime() > deadline) {
        throw EmbeddedFailure.unavailable(
            "Process "
                + postmaster.get().pid()
                + " seems to serve "
                + cluster.data()
                + " but does not answer. End it and start again.",
            null);
      }
      pause();
    }
  }

  private void launch() throws IOException {
    trimLog();
    int wanted = cluster.freePort();
    int ports = 1;
    for (long begun = System.nanoTime(); !isUpOn(wanted); ) {
      String said = Programs.tail(cluster.log());
      if (said.contains("could not bind") && ports++ < PORT_ATTEMPTS) {
        wanted = cluster.anotherPort();
      } else if (!said.contains(CHILDREN_LEFT) || isOver(begun)) {
        throw EmbeddedFailure.unavailable("The embedded database did not start: " + said, null);
      }
    }
    port = wanted;
    LOG.info("The embedded database listens on 127.0.0.1:{}.", port);
  }

  private boolean isOver(long begun) {
    return System.nanoTime() - begun > config.startTimeout().toNanos();
  }

  private boolean isUpOn(int wanted) throws IOException {
    long logged = Files.exists(cluster.log()) ? Files.size(cluster.log()) : 0;
    launching = true;
    launchOn(wanted);
    boolean up = waitUntilReady(logged);
    launching = false;
    return up;
  }

  private void launchOn(int wanted) throws IOException {
    programs.run(
        config.startTimeout(),
        "pg_ctl",
        List.of(
            "start",
            "--no-wait",
            "--silent",
            "--pgdata=" + cluster.data(),
            "--log=" + cluster.log(),
            "--options=" + ServerSettings.commandLine(config, wanted)));
  }

  private boolean waitUntilReady(long logged) throws IOException {
    long begun = System.nanoTime();
    long appearsBy = begun + APPEARS_WITHIN.toNanos();
    while (!isOver(begun)) {
      Optional<Cluster.Postmaster> postmaster = cluster.postmaster();
      boolean alive = postmaster.isPresent() && postmaster.get().isAlive();
      if (alive && (postmaster.get().ready() || closing)) {
        return true;
      }
      if (!alive && (System.nanoTime() > appearsBy || hasGivenUp(logged))) {
        return false;
      }
      pause();
    }
    throw EmbeddedFailure.timeout(
        "The embedded database did not come up in time. See " + cluster.log() + ".");
  }

  /** Whether it has said since why it does not start. */
  private boolean hasGivenUp(long logged) throws IOException {
    return Files.exists(cluster.log())
        && Files.size(cluster.log()) > logged
        && Programs.tail(cluster.log()).contains("FATAL:");
  }

  private void trimLog() throws IOException {
    if (Files.exists(cluster.log()) && Files.size(cluster.log()) > LOG_BYTES) {
      Files.delete(cluster.log());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EmbeddedFailure.unavailable("Interrupted while waiting for the database.", e);
    }
  }

  /** Without credentials. */
  public String jdbcUrl() {
    return ServerInquiry.jdbcUrl(port, DATABASE);
  }

  public String user() {
    return Cluster.USER;
  }

  public Secret password() {
    return password;
  }

  /** Whether it was running already, left by an owner that was killed. */
  public boolean adopted() {
    return adopted;
  }

  /** The server's process id. */
  public long pid() {
    try {
      return cluster.postmaster().map(Cluster.Postmaster::pid).orElse(-1L);
    } catch (IOException e) {
      return -1;
    }
  }

  /**
   * Stops the server at once, an adopted one too, since the directory is ours: cleanly when that
   * takes no more than 3 seconds, else so that the next start recovers.
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted(); // It is not to keep the server from being stopped.
    closing = true;
    revival.close();
    try {
      awaitLaunched();
      if (cluster.isServed()) {
        cluster.stop(programs);
      }
    } catch (IOException e) {
      throw EmbeddedFailure.unavailable("The embedded database could not be stopped.", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * A start that was interrupted at once leaves a server that has not written yet who it is: it
   * could not be stopped before.
   */
  private void awaitLaunched() throws IOException {
    long appearsBy = System.nanoTime() + APPEARS_WITHIN.toNanos();
    while (launching && !cluster.isServed() && System.nanoTime() < appearsBy) {
      pause();
    }
  }
}
