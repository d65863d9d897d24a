package io.parley.adapter.vectorstore.pgvector;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for the tests of this package. One with pgvector is the one that {@code
 * PARLEY_TEST_PGVECTOR_URL} names, or one of ours with the files of the directory {@code
 * PARLEY_TEST_PGVECTOR}, which is {@code target/pgvector} of the build unless it is set.
 */
final class TestPostgres {
  static final String SKIPPED =
      "There is no pgvector here: run adapters-vectorstore/pgvector.sh, or set PARLEY_TEST_PGVECTOR to a"
          + " directory with vector.so, vector.control and vector--*.sql, or PARLEY_TEST_PGVECTOR_URL"
          + " to a JDBC URL of a PostgreSQL that has it.";

  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestPostgres() {}

  /** Without any extension. */
  static DataSource plain() {
    return Plain.SOURCE;
  }

  /** Whether there is a pgvector; tests that need one are reported as skipped without it. */
  static boolean hasVectors() {
    return url() != null || files() != null;
  }

  /** With pgvector, where there is one. */
  static DataSource withVectors() {
    return Vectors.SOURCE;
  }

  /**
   * The same, with sessions that go by HNSW where any other way would be cheaper, and that soon
   * give up.
   */
  static DataSource withHnsw() {
    return Hnsw.SOURCE;
  }

  /** Of a table that no other test has. */
  static String freshName(String kind) {
    return kind + "_" + ProcessHandle.current().pid() + "_" + NAMES.incrementAndGet();
  }

  static void execute(DataSource source, String statement) {
    try (Connection connection = source.getConnection();
        Statement prepared = connection.createStatement()) {
      prepared.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static long number(DataSource source, String query) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A user who may use the schema {@code guests}, and may not make another one. */
  static DataSource asGuest() {
    execute(plain(), "drop schema if exists guests cascade; drop role if exists guest");
    execute(plain(), "create role guest login; create schema guests authorization guest");
    return pool(Plain.URL.replace("user=postgres", "user=guest"), "set search_path = guests");
  }

  private static @Nullable String url() {
    return System.getenv("PARLEY_TEST_PGVECTOR_URL");
  }

  private static @Nullable Path files() {
    String set = System.getenv("PARLEY_TEST_PGVECTOR");
    Path directory = set == null ? Path.of("..", "target", "pgvector") : Path.of(set);
    if (!Files.exists(directory.resolve("vector.control"))) {
      if (set != null) {
        throw new IllegalStateException("PARLEY_TEST_PGVECTOR has no vector.control: " + set);
      }
      return null;
    }
    return directory;
  }

  private static final class Plain {
    static final String URL = start("plain", null);
    static final DataSource SOURCE = pool(URL, "");
  }

  private static final class Vectors {
    static final String URL = url() == null ? start("vectors", files()) : url();
    static final DataSource SOURCE = pool(URL, "");
  }

  private static final class Hnsw {
    static final DataSource SOURCE =
        pool(
            Vectors.URL,
            "set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off;"
                + " set hnsw.max_scan_tuples = 300");
  }

  private static String start(String name, @Nullable Path extension) {
    Path directory = Path.of("target", "test-postgres", name).toAbsolutePath();
    try {
      Files.createDirectories(directory);
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              // A resolver of its own, because what one has unpacked is used again.
              .setPgBinaryResolver(DefaultPostgresBinaryResolver.INSTANCE::getPgBinary)
              .setOverrideWorkingDirectory(directory.toFile())
              .setDataDirectory(Files.createTempDirectory(directory, "data"))
              .setCleanDataDirectory(true)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
      if (extension != null) {
        install(extension, directory);
      }
      return server.getJdbcUrl("postgres", "postgres");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PostgreSQL looks for an extension's files when it is made. */
  private static void install(Path extension, Path directory) throws IOException {
    try (Stream<Path> unpacked = Files.list(directory)) {
      for (Path home : unpacked.filter(path -> Files.exists(path.resolve("bin"))).toList()) {
        try (Stream<Path> files = Files.list(extension)) {
          for (Path file : files.toList()) {
            Path to =
                home.resolve(isLibrary(file) ? "lib/postgresql" : "share/postgresql/extension");
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  private static boolean isLibrary(Path file) {
    String name = file.getFileName().toString();
    return List.of(".so", ".dylib", ".dll").stream().anyMatch(name::endsWith);
  }

  private static DataSource pool(String url, String first) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    config.setConnectionInitSql(first.isEmpty() ? null : first);
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new HikariDataSource(config);
  }
}
