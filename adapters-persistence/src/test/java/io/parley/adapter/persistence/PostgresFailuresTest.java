package io.parley.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresFailuresTest {

  private static final TestDatabase DATABASE =
      TestDatabase.create(c ->
          new PostgresConfig(
              c.jdbcUrl(),
              c.user(),
              c.password(),
              2,
              Duration.ofMillis(1500),
              Duration.ofSeconds(1),
              Duration.ofSeconds(5),
              List.of()));

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static Kind kindOf(PostgresConfig config) {
    PostgresConfig quick =
        new PostgresConfig(
            config.jdbcUrl(),
            config.user(),
            config.password(),
            1,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            List.of());
    try (PostgresPersistence persistence = PostgresPersistence.open(quick)) {
      PortFailure failure =
          catchThrowableOfType(PortFailure.class, () -> persistence.health().ping());
      PortFailure migrating = catchThrowableOfType(PortFailure.class, persistence::migrate);
      assertThat(migrating.kind()).isEqualTo(failure.kind());
      assertThat(failure.sentence()).doesNotContain(config.password().reveal());
      return failure.kind();
    }
  }

  @Test
  void saysThatTheCredentialsWereRejected() {
    PostgresConfig right = DATABASE.config();
    assertThat(kindOf(PostgresConfig.of(right.jdbcUrl(), right.user(), new Secret("not-it"))))
        .isEqualTo(Kind.CREDENTIALS_REJECTED);
  }

  @Test
  void saysThatTheDatabaseIsMissing() {
    PostgresConfig right = DATABASE.config();
    String url = right.jdbcUrl().replaceAll("/[^/]*$", "/nowhere");
    assertThat(kindOf(PostgresConfig.of(url, right.user(), right.password())))
        .isEqualTo(Kind.INVALID_CONFIGURATION);
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/parley";
    assertThat(kindOf(PostgresConfig.of(url, "ada", new Secret("some-secret"))))
        .isEqualTo(Kind.UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "53100, STORAGE_FULL",
    "53300, UNAVAILABLE",
    "57P01, UNAVAILABLE",
    "57014, TIMEOUT",
    "08004, CREDENTIALS_REJECTED",
    "28P01, CREDENTIALS_REJECTED",
    "42P01, INVALID_CONFIGURATION",
    "XX001, CORRUPT_DATA",
    "23505, CORRUPT_DATA"
  })
  void knowsTheServersStates(String state, Kind kind) {
    RuntimeException translated =
        PostgresFailures.translate(new SQLException("Key (email)=(ada@example.org)", state));
    assertThat(translated)
        .isInstanceOfSatisfying(
            PortFailure.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.sentence()).doesNotContain("ada@example.org");
            });
  }

  @Test
  void endsAStatementThatRunsTooLong() {
    PortFailure failure =
        catchThrowableOfType(
            PortFailure.class, () -> DATABASE.persistence().sql().exists("select pg_sleep(30)"));
    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void resumesByItselfAfterItsConnectionsWereCut() {
    Sql sql = DATABASE.persistence().sql();
    assertThat(sql.exists("select 1")).isTrue();
    DATABASE.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");
    for (int cut = 0; cut < 2; cut++) {
      PortFailure failure = catchThrowableOfType(PortFailure.class, () -> sql.exists("select 1"));
      assertThat(failure == null || failure.kind() == Kind.UNAVAILABLE).isTrue();
    }
    assertThat(sql.exists("select 1")).isTrue();
  }

  @Test
  void runsTheWorkAgainAfterADeadlock() {
    Sql sql = DATABASE.persistence().sql();
    AtomicInteger runs = new AtomicInteger();
    String deadlock = "do $$ begin raise exception 'x' using errcode = '40P01'; end $$";
    boolean done =
        DATABASE
            .persistence()
            .transactions()
            .inTransaction(() -> {
              if (runs.incrementAndGet() < 3) {
                sql.update(deadlock);
              }
              return true;
            });
    assertThat(done).isTrue();
    assertThat(runs).hasValue(3);
  }

  @Test
  void givesUpAfterAFewRuns() {
    Sql sql = DATABASE.persistence().sql();
    AtomicInteger runs = new AtomicInteger();
    String conflict = "do $$ begin raise exception 'x' using errcode = '40001'; end $$";
    PortFailure failure =
        catchThrowableOfType(
            PortFailure.class,
            () ->
                sql.inTransaction(() -> {
                  runs.incrementAndGet();
                  return sql.update(conflict);
                }));
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(runs).hasValue(5);
  }
}
