package io.parley.adapter.persistence;

import io.parley.domain.port.persistence.DatabaseFacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.sql.DataSource;

/**
 * Whether a schema is current, without Flyway: at most starts it is, and Flyway takes longer to
 * load than everything else that the database needs. Any doubt is left to Flyway.
 */
final class AppliedMigrations {

  private static final String DIRECTORY = "migrations/";
  private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+\\.sql");
  private static final int LISTED_LENGTH = 1 << 16;
  private static final String NO_SUCH_TABLE = "42P01";

  private AppliedMigrations() {}

  /** Whether Flyway's history holds exactly our migrations, each with our checksum. */
  static boolean areAll(DataSource database) {
    try {
      Map<String, Integer> ours = ours();
      return !ours.isEmpty() && ours.equals(applied(database));
    } catch (IOException | SQLException e) {
      return false;
    }
  }

  /** How the schema stands, by the same comparison. */
  static DatabaseFacts.Schema state(DataSource database) throws IOException, SQLException {
    Map<String, Integer> ours = ours();
    try {
      Map<String, Integer> applied = applied(database);
      if (applied.equals(ours)) {
        return DatabaseFacts.Schema.CURRENT;
      }
      return !applied.isEmpty() && ours.entrySet().containsAll(applied.entrySet())
          ? DatabaseFacts.Schema.BEHIND
          : DatabaseFacts.Schema.STRANGE;
    } catch (SQLException e) {
      if (NO_SUCH_TABLE.equals(e.getSQLState())) {
        return DatabaseFacts.Schema.MISSING;
      }
      throw e;
    }
  }

  private static Map<String, Integer> applied(DataSource database) throws SQLException {
    Map<String, Integer> applied = new TreeMap<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select version, checksum, success and type = 'SQL' from flyway_schema_history")) {
      while (rows.next()) {
        if (rows.getString(1) == null || !rows.getBoolean(3)) {
          return Map.of();
        }
        applied.put(rows.getString(1), rows.getInt(2));
      }
    }
    return applied;
  }

  /** Checksums by version. */
  static Map<String, Integer> ours() throws IOException {
    Map<String, Integer> ours = new TreeMap<>();
    for (String name : names()) {
      Matcher matcher = NAME.matcher(name);
      if (!matcher.matches()) {
        return Map.of();
      }
      ours.put(matcher.group(1), checksum(name));
    }
    return ours;
  }

  private static List<String> names() throws IOException {
    URL directory = AppliedMigrations.class.getResource(DIRECTORY);
    if (directory == null) {
      return List.of();
    }
    URLConnection connection = directory.openConnection();
    if (connection instanceof JarURLConnection jar) {
      String prefix = jar.getEntryName();
      return jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(entry -> entry.startsWith(prefix) && !entry.endsWith("/"))
          .map(entry -> entry.substring(prefix.length()))
          .toList();
    }
    // A directory of files lists itself, a name a line.
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readNBytes(LISTED_LENGTH), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** As Flyway counts: CRC-32 over the lines without their ends. */
  private static int checksum(String name) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = AppliedMigrations.class.getResourceAsStream(DIRECTORY + name)) {
      if (in == null) {
        throw new IOException("There is no " + name);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        crc.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return (int) crc.getValue();
  }
}
