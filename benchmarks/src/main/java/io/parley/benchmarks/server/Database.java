package io.parley.benchmarks.server;

import io.parley.adapter.persistence.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** What the ports do not tell, asked of the database itself. */
final class Database {
  private Database() {}

  static UUID tenantOf(Path data, UUID user) throws IOException {
    return ask(data, "select tenant_id from users where id = '" + user + "'", UUID.class);
  }

  /** Versions that an index has not taken yet. */
  static long waiting(Path data) throws IOException {
    return ask(data, "select count(*) from source_versions where status <> 'complete'", Long.class);
  }

  private static <T> T ask(Path data, String question, Class<T> type) throws IOException {
    DatabaseUrl url = DatabaseUrl.parse(EmbeddedDatabaseUrl.of(data));
    try (Connection connection =
            DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password().reveal());
        PreparedStatement statement = connection.prepareStatement(question);
        ResultSet answer = statement.executeQuery()) {
      answer.next();
      return answer.getObject(1, type);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
