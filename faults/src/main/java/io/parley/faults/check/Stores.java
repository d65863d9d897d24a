package io.parley.faults.check;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Where everything of one server lies.
 *
 * @param vectors the directory of the serving generation
 */
public record Stores(
    String jdbcUrl, String user, String password, Path vectors, Path words, Path blobs) {

  /** A connection of its own. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, user, password);
  }

  @Override
  public String toString() {
    return "Stores[" + jdbcUrl + ", " + vectors + ", " + words + ", " + blobs + "]";
  }
}
