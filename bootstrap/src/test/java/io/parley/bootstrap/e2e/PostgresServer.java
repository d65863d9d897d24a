package io.parley.bootstrap.e2e;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the tests' own. It has pgvector where the directory {@code PARLEY_TEST_PGVECTOR}
 * has its files, or {@code adapters-vectorstore/pgvector.sh} has built them.
 */
final class PostgresServer implements AutoCloseable {
  static final String SKIPPED =
      "There is no pgvector here: run adapters-vectorstore/pgvector.sh, or set PARLEY_TEST_PGVECTOR"
          + " to a directory with vector.so, vector.control and vector--*.sql.";

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static boolean hasPgvector() {
    return Files.exists(files().resolve("vector.control"));
  }

  private static Path files() {
    String set = System.getenv("PARLEY_TEST_PGVECTOR");
    return set == null ? Path.of("..", "target", "pgvector") : Path.of(set);
  }

  static PostgresServer start(Path directory) {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setPgBinaryResolver(PostgresServer::binaries)
              .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
              .setDataDirectory(directory.resolve("data"))
              .start();
      try (Stream<Path> unpacked = Files.list(directory.resolve("binaries"))) {
        for (Path home : unpacked.filter(path -> Files.exists(path.resolve("bin"))).toList()) {
          install(home);
        }
      }
      return new PostgresServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The packaged program brings the same archives once more, so any of them will do. */
  private static InputStream binaries(String system, String machine) {
    String name = "/postgres-" + system.toLowerCase(Locale.ROOT) + "-" + machine + ".txz";
    return Objects.requireNonNull(PostgresServer.class.getResourceAsStream(name), name);
  }

  private static void install(Path home) throws IOException {
    if (!hasPgvector()) {
      return;
    }
    try (Stream<Path> all = Files.list(files())) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        boolean text = name.endsWith(".sql") || name.endsWith(".control");
        Path to = home.resolve(text ? "share/postgresql/extension" : "lib/postgresql");
        Files.copy(file, to.resolve(name));
      }
    }
  }

  /** An empty database, as a server is told of it and as tests look into it. */
  record Database(String url, Rows rows) {}

  Database newDatabase(String name) {
    try (Connection connection =
            DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new Database(
        "postgres://postgres:any@127.0.0.1:" + server.getPort() + "/" + name,
        new Rows(server.getJdbcUrl("postgres", name), "postgres", "any"));
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
