package io.parley.adapter.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.parley.domain.port.PortFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  /** Shared: making a database takes seconds, and every test leaves it stopped. */
  @TempDir private static Path directory;

  private static EmbeddedDatabase start(DataDirectoryLock lock) {
    return EmbeddedDatabase.start(lock, EmbeddedDatabaseConfig.DEFAULT);
  }

  private static String ask(EmbeddedDatabase database, String question) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.user(), database.password().reveal());
        Statement statement = connection.createStatement()) {
      if (!statement.execute(question)) {
        return "";
      }
      try (ResultSet results = statement.getResultSet()) {
        results.next();
        return results.getString(1);
      }
    }
  }

  private static Path portFile() {
    return directory.resolve("postgres").resolve("port");
  }

  @Test
  void runsWithDurableSettingsOnThisMachineOnly() throws SQLException {
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        EmbeddedDatabase database = start(lock)) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(ask(database, "show " + setting)).isEqualTo("on");
      }
      assertThat(ask(database, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(database, "show unix_socket_directories")).isEmpty();
      assertThat(ask(database, "select lower('ÉÖ')")).isEqualTo("éö");
    }
  }

  @Test
  void isClosedToWhoeverLacksThePassword() throws IOException {
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        EmbeddedDatabase database = start(lock)) {
      for (String password : List.of("", "postgres", "wrong")) {
        assertThatThrownBy(
                () -> DriverManager.getConnection(database.jdbcUrl(), database.user(), password))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isIn("28P01", "08004"));
      }
      Path home = directory.resolve("postgres");
      assertThat(permissions(home)).isEqualTo("rwx------");
      assertThat(permissions(home.resolve("data"))).isEqualTo("rwx------");
      assertThat(permissions(home.resolve("password"))).isEqualTo("rw-------");
      assertThat(database.password().toString()).isEqualTo("***");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void keepsDataAndPortOverARestart() throws SQLException {
    String url;
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        EmbeddedDatabase database = start(lock)) {
      url = database.jdbcUrl();
      ask(database, "create table if not exists kept as select 'yes' as answer");
    }
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        EmbeddedDatabase database = start(lock)) {
      assertThat(database.adopted()).isFalse();
      assertThat(database.jdbcUrl()).isEqualTo(url);
      assertThat(ask(database, "select answer from kept")).isEqualTo("yes");
    }
  }

  @Test
  @Timeout(60)
  void aStartThatIsInterruptedAtOnceLeavesNoServer() throws InterruptedException {
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory)) {
      start(lock).close(); // from here on a start launches it at once
      Optional<PortFailure> interrupted;
      do {
        interrupted = interruptedStart(lock);
        assertThat(servers()).isEmpty();
      } while (interrupted.isEmpty());
    }
  }

  /** Nothing when the server was up before the interruption reached the one who starts it. */
  private Optional<PortFailure> interruptedStart(DataDirectoryLock lock)
      throws InterruptedException {
    AtomicReference<PortFailure> failure = new AtomicReference<>();
    Thread starting =
        Thread.ofPlatform()
            .start(() -> {
              try {
                start(lock).close();
              } catch (PortFailure e) {
                failure.set(e);
              }
            });
    while (servers().isEmpty() && starting.isAlive()) {
      Thread.onSpinWait();
    }
    starting.interrupt();
    starting.join();
    return Optional.ofNullable(failure.get());
  }

  /** Processes of this directory, whether they have written who they are or not. */
  private List<ProcessHandle> servers() {
    String data = directory.resolve("postgres").resolve("data").toString();
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().filter(c -> c.contains("-D " + data)).isPresent())
        .toList();
  }

  @Test
  void leavesAForeignServerOnItsPortAlone() throws IOException, SQLException {
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory)) {
      start(lock).close();
      int port = Integer.parseInt(Files.readString(portFile()).strip());
      try (ServerSocket foreign = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
          EmbeddedDatabase database = start(lock)) {
        assertThat(database.jdbcUrl()).doesNotContain(":" + port + "/");
        assertThat(ask(database, "select 'up'")).isEqualTo("up");
        assertThat(foreign.isClosed()).isFalse();
      }
    }
  }

  @Test
  void adoptsTheServerOfAnOwnerThatWasKilledAndStopsItInTheEnd() throws Exception {
    Process owner = child();
    String up = firstLine(owner);
    assertThat(up).startsWith("up ");
    long pid = Long.parseLong(up.substring(3));
    owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    assertThat(ProcessHandle.of(pid)).isPresent();
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        EmbeddedDatabase database = start(lock)) {
      assertThat(database.adopted()).isTrue();
      assertThat(database.pid()).isEqualTo(pid);
      assertThat(ask(database, "select 'up'")).isEqualTo("up");
    }
    assertThat(new Cluster.Postmaster(pid, 0, true).isAlive()).isFalse();
  }

  @Test
  void startsTheServerOfAKilledOwnerAnewWhenItsProgramsLieElsewhere(@TempDir Path programs)
      throws Exception {
    Path before = programs.resolve("before");
    EmbeddedDatabase.unpackPrograms(before);
    Process owner = child(before.toString());
    assertThat(firstLine(owner)).startsWith("up ");
    owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    Path after = Files.move(before, programs.resolve("after"));

    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        EmbeddedDatabase database =
            EmbeddedDatabase.start(
                lock, EmbeddedDatabaseConfig.DEFAULT.withUnpacked(Optional.of(after)))) {
      assertThat(database.adopted()).isFalse();
      ask(database, "do $$ begin end $$"); // needs a library that is loaded on demand
    }
  }

  @Test
  void unpacksItsOwnProgramsWhereThoseOfSomebodyElseAreClosed(@TempDir Path others)
      throws Exception {
    assumeThat(System.getProperty("user.name"))
        .as("only root can give files away")
        .isEqualTo("root");
    EmbeddedDatabase.unpackPrograms(others);
    UserPrincipal nobody =
        others.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(others, nobody);

    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        EmbeddedDatabase database =
            EmbeddedDatabase.start(
                lock, EmbeddedDatabaseConfig.DEFAULT.withUnpacked(Optional.of(others)))) {
      assertThat(ask(database, "select 'up'")).isEqualTo("up");
    }
  }

  @Test
  @Timeout(60)
  void comesBackByItselfAtTheSameAddressWhenItEnds() throws Exception {
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        EmbeddedDatabase database = start(lock)) {
      ask(database, "drop table if exists counted; create table counted (number integer)");
      for (int kills = 1; kills <= 3; kills++) {
        long killed = database.pid();
        ask(database, "insert into counted values (" + kills + ")");
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        assertThat(askedAgain(database, "select count(*) from counted"))
            .isEqualTo(Integer.toString(kills));
        assertThat(database.pid()).isNotEqualTo(killed);
      }
    }
    assertThat(new Cluster(directory.resolve("postgres")).postmaster()).isEmpty();
  }

  @Test
  @Timeout(60)
  void comesBackThoughItsProcessIdBelongsToAnotherProgram() throws Exception {
    Path pidFile = directory.resolve("postgres").resolve("data").resolve("postmaster.pid");
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        EmbeddedDatabase database = start(lock)) {
      long killed = database.pid();
      String own = Long.toString(ProcessHandle.current().pid());
      String text = Files.readString(pidFile);
      Files.writeString(pidFile, own + text.substring(text.indexOf('\n')));
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();

      assertThat(askedAgain(database, "select 'up'")).isEqualTo("up");
      assertThat(database.pid()).isNotIn(killed, ProcessHandle.current().pid());
    }
  }

  @Test
  @Timeout(60)
  void isStoppedThoughItCannotEndInGoodOrder() throws Exception {
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory)) {
      EmbeddedDatabase database = start(lock);
      long pid = database.pid();
      ProcessHandle held = checkpointer(pid);
      signal("STOP", held.pid());
      try {
        database.close();
      } finally {
        signal("CONT", held.pid());
      }
      assertThat(new Cluster.Postmaster(pid, 0, true).isAlive()).isFalse();
    }
  }

  /** Without it no clean stop comes to its end. */
  private static ProcessHandle checkpointer(long server) throws IOException {
    for (ProcessHandle child : ProcessHandle.of(server).orElseThrow().children().toList()) {
      if (Files.readString(Path.of("/proc/" + child.pid() + "/cmdline")).contains("checkpointer")) {
        return child;
      }
    }
    throw new IllegalStateException("PostgreSQL has no checkpointer.");
  }

  private static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  /** Until it answers; the test's own time limit is the only one. */
  private static String askedAgain(EmbeddedDatabase database, String question) throws Exception {
    while (true) {
      try {
        return ask(database, question);
      } catch (SQLException e) {
        Thread.sleep(20);
      }
    }
  }

  @Test
  void startsThoughAStalePidFileNamesAnotherProgram() throws Exception {
    Path pidFile = directory.resolve("postgres").resolve("data").resolve("postmaster.pid");
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory)) {
      start(lock).close();
      Files.writeString(
          pidFile, ProcessHandle.current().pid() + "\n/elsewhere\n0\n1\n\n\n\nready\n");
      try (EmbeddedDatabase database = start(lock)) {
        assertThat(database.adopted()).isFalse();
        assertThat(ask(database, "select 'up'")).isEqualTo("up");
      }
    }
  }

  @Test
  void refusesASecondOwnerHereAndElsewhere() throws Exception {
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory)) {
      assertThat(lock.directory()).isEqualTo(directory.toRealPath());
      assertThatThrownBy(() -> DataDirectoryLock.acquire(directory))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining(
              "in use by another Parley (process " + ProcessHandle.current().pid());
      Process other = child();
      try {
        assertThat(firstLine(other)).contains("in use by another Parley", "PARLEY_DATA_DIR");
      } finally {
        other.destroyForcibly();
      }
    }
  }

  @Test
  void refusesTheDatabaseOfAnotherMajorVersion(@TempDir Path old) throws IOException {
    Path data = old.resolve("postgres").resolve("data");
    Files.createDirectories(data);
    Files.writeString(data.resolve("PG_VERSION"), "14\n");
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(old)) {
      assertThatThrownBy(() -> start(lock))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("PostgreSQL 14")
          .hasMessageContaining("PostgreSQL 17");
    }
  }

  private static Process child(String... unpacked) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AbandoningOwner.class.getName(),
                directory.toString()));
    command.addAll(List.of(unpacked));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    String line = reader.readLine();
    while (line != null && !line.startsWith("up ") && !line.startsWith("The data")) {
      line = reader.readLine();
    }
    return String.valueOf(line);
  }
}
