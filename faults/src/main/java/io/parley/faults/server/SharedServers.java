package io.parley.faults.server;

import io.parley.faults.Database;
import io.parley.faults.RunReport;
import io.parley.faults.check.StoreCheck;
import io.parley.faults.check.Stores;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.Ledger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several packaged servers on one PostgreSQL and one directory of files, each with a data directory
 * of its own.
 */
final class SharedServers implements AutoCloseable {
  static final int FOLLOWERS = 2; // of one server: vectors and words

  private final Path launcher;
  private final Path directory;
  private final Database postgres;
  private final String jdbcUrl;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<URI> addresses = new ArrayList<>();
  private final List<ServerProcess> servers = new ArrayList<>();
  private final Map<String, String> settings = new HashMap<>();

  private SharedServers(Path launcher, Path directory, @Nullable Path extension)
      throws IOException, SQLException {
    this.launcher = launcher;
    this.directory = directory;
    this.postgres = Database.start(directory.resolve("database"));
    try {
      if (extension != null) {
        postgres.install(extension);
      }
      this.jdbcUrl = postgres.create("shared");
    } catch (IOException | SQLException e) {
      postgres.close();
      throw e;
    }
  }

  /** Starts so many, the first of them alone: it makes the schema. */
  static SharedServers start(Path launcher, Path directory, int servers)
      throws IOException, SQLException, InterruptedException {
    return start(launcher, directory, servers, null, Map.of());
  }

  /**
   * The same with more.
   *
   * @param extension the files of an extension that PostgreSQL is to have
   */
  static SharedServers start(
      Path launcher,
      Path directory,
      int servers,
      @Nullable Path extension,
      Map<String, String> settings)
      throws IOException, SQLException, InterruptedException {
    SharedServers shared = new SharedServers(launcher, directory, extension);
    shared.settings.putAll(settings);
    try {
      for (int i = 0; i < servers; i++) {
        shared.addresses.add(ServerProcess.freeAddress());
        shared.servers.add(shared.begin(i));
        if (i == 0) {
          shared.awaitReady(i);
        }
      }
      for (int i = 1; i < servers; i++) {
        shared.awaitReady(i);
      }
      return shared;
    } catch (IOException | InterruptedException | RuntimeException e) {
      shared.close();
      throw e;
    }
  }

  private ServerProcess begin(int which) throws IOException {
    return ServerProcess.start(launcher, data(which), addresses.get(which), settings());
  }

  private Path data(int which) {
    return directory.resolve("server-" + which);
  }

  private Map<String, String> settings() {
    Map<String, String> all = new HashMap<>(settings);
    all.put("DATABASE_URL", postgres.setting(jdbcUrl));
    all.put("PARLEY_BLOB_DIR", blobs().toString());
    return all;
  }

  /** What servers are set to that are started from now on. */
  void set(Map<String, String> more) {
    settings.putAll(more);
  }

  /** Runs a command inside a server; what it printed. */
  String command(int which, String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(launcher.toAbsolutePath().toString()));
    line.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("PARLEY_BUILD", "off");
    builder.environment().put("PARLEY_DATA_DIR", data(which).toString());
    builder.environment().putAll(settings());
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", words) + " ended with " + status + ": " + printed);
    }
    return printed;
  }

  /** Where what clients were promised is to be written down. */
  Path ledger() {
    return directory.resolve("ledger");
  }

  Path blobs() {
    return directory.resolve("blobs");
  }

  private void awaitReady(int which) throws IOException, InterruptedException {
    servers.get(which).awaitReady(http, addresses.get(which));
  }

  /** Starts one again that has ended. */
  void restart(int which) throws IOException, InterruptedException {
    servers.set(which, begin(which));
    awaitReady(which);
  }

  /** Stops one, and starts it again. */
  void restartInGoodOrder(int which) throws IOException, InterruptedException {
    servers.get(which).stop();
    restart(which);
  }

  /** Stops all, and then starts all: for settings that they must have at the same time. */
  void restartAll() throws IOException, InterruptedException {
    for (ServerProcess server : servers) {
      server.stop();
    }
    for (int i = 0; i < count(); i++) {
      servers.set(i, begin(i));
    }
    for (int i = 0; i < count(); i++) {
      awaitReady(i);
    }
  }

  int count() {
    return servers.size();
  }

  ServerProcess server(int which) {
    return servers.get(which);
  }

  /** Users that know nothing of each other, each of them at one of the servers. */
  List<User> users(int count, Ledger ledger) throws IOException, InterruptedException {
    List<User> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      User user = new User(http, addresses.get(i % count()), ledger, "sharer" + i);
      user.register();
      users.add(user);
    }
    return users;
  }

  /** The same user at one server. */
  User at(int which, User user) {
    return user.at(addresses.get(which));
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, postgres.user(), postgres.password());
  }

  /** A job that a worker holds. */
  record Held(String job, String source) {}

  /** Documents that a server is just taking in. */
  List<Held> heldBy(Connection database, int which) throws SQLException, IOException {
    List<Held> held = new ArrayList<>();
    try (PreparedStatement statement =
        database.prepareStatement(
            "select id::text, source_id::text from jobs where state = 'running'"
                + " and kind = 'ingest' and worker like ?")) {
      statement.setString(1, servers.get(which).id() + "/%");
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          held.add(new Held(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return held;
  }

  static long number(Connection database, String sql) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Waits until nothing is left to do and every index has followed, then checks each server. */
  void check(RunReport report, Expectations expectations, String after)
      throws SQLException, IOException, InterruptedException {
    try (Connection database = connect()) {
      EndOfWork.await(database, FOLLOWERS * count(), report, after);
    }
    expectations.readOn(ledger());
    for (int i = 0; i < count(); i++) {
      report.checked(StoreCheck.of(stores(i), expectations), after + ", server " + i);
    }
  }

  private Stores stores(int which) throws IOException {
    return servers.get(which).stores(jdbcUrl, postgres.user(), postgres.password(), blobs());
  }

  /** How many lines of the servers' logs say so. */
  long said(String words) throws IOException {
    long lines = 0;
    for (ServerProcess server : servers) {
      lines += server.log().lines().filter(line -> line.contains(words)).count();
    }
    return lines;
  }

  /** Stops all in good order. */
  void stop(RunReport report) throws IOException, InterruptedException {
    for (ServerProcess server : servers) {
      report.count("servers that ended in good order with status " + server.stop());
    }
  }

  @Override
  public void close() {
    servers.forEach(ServerProcess::close);
    http.close();
    postgres.close();
  }
}
