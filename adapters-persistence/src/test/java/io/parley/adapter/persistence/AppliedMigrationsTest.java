package io.parley.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.persistence.DatabaseFacts.Schema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class AppliedMigrationsTest {

  private TestDatabase database;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void findsEveryMigrationThatFlywayApplied() throws IOException {
    assertThat(AppliedMigrations.ours()).isNotEmpty();
    assertThat(AppliedMigrations.areAll(dataSource())).isTrue();
  }

  @Test
  void leavesAnEmptyDatabaseToFlyway() {
    PostgresConfig empty = TestDatabase.config(TestDatabase.empty());
    assertThat(AppliedMigrations.areAll(dataSource(empty))).isFalse();
  }

  @Test
  void leavesAChangedChecksumToFlyway() throws SQLException {
    change("update flyway_schema_history set checksum = checksum + 1 where version = '1'");
    assertThat(AppliedMigrations.areAll(dataSource())).isFalse();
  }

  @Test
  void leavesAFailedMigrationToFlyway() throws SQLException {
    change("update flyway_schema_history set success = false where version = '1'");
    assertThat(AppliedMigrations.areAll(dataSource())).isFalse();
  }

  @Test
  void leavesAMigrationOfANewerVersionToFlyway() throws SQLException {
    change(
        "insert into flyway_schema_history select 900, '900', 'later', 'SQL', 'V900__later.sql', 1,"
            + " installed_by, installed_on, 1, true from flyway_schema_history limit 1");
    assertThat(AppliedMigrations.areAll(dataSource())).isFalse();
  }

  @Test
  void saysHowASchemaStands() throws IOException, SQLException {
    assertThat(AppliedMigrations.state(dataSource())).isEqualTo(Schema.CURRENT);
    assertThat(AppliedMigrations.state(dataSource(TestDatabase.config(TestDatabase.empty()))))
        .isEqualTo(Schema.MISSING);

    change("delete from flyway_schema_history where version = '7'");
    assertThat(AppliedMigrations.state(dataSource())).isEqualTo(Schema.BEHIND);

    change("update flyway_schema_history set checksum = checksum + 1 where version = '1'");
    assertThat(AppliedMigrations.state(dataSource())).isEqualTo(Schema.STRANGE);
  }

  private void change(String statement) throws SQLException {
    PostgresConfig config = database.config();
    try (Connection connection =
            DriverManager.getConnection(
                config.jdbcUrl(), config.user(), config.password().reveal());
        Statement change = connection.createStatement()) {
      assertThat(change.executeUpdate(statement)).isOne();
    }
  }

  private PGSimpleDataSource dataSource() {
    return dataSource(database.config());
  }

  private static PGSimpleDataSource dataSource(PostgresConfig config) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(config.jdbcUrl());
    source.setUser(config.user());
    source.setPassword(config.password().reveal());
    return source;
  }
}
