package io.parley.adapter.vectorstore.pgvector;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.newVersion;
import static io.parley.testkit.vectorstore.SampleChunks.position;
import static io.parley.testkit.vectorstore.SampleChunks.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.testkit.Scopes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A database that is silent, and one whose answers are lost. */
class PgOutageTest {
  private final BotScope scope = Scopes.fresh();
  private final VersionRef ref = newVersion();
  private final DataSource source = TestPostgres.plain();
  private final String table = TestPostgres.freshName("words");

  private List<IndexChange<IndexedWords>> adding(int ordinal) {
    return List.of(
        new IndexChange.Add<>(List.of(words(attributes(scope, ref), ordinal, "The lighthouse"))));
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsATimeoutAndNothingIsWritten() throws SQLException {
    DataSource guest = TestPostgres.asGuest();
    TestPostgres.execute(source, "create schema guests_index authorization guest");
    TestPostgres.execute(source, "alter role guest set statement_timeout = '300ms'");
    TestPostgres.execute(guest, "set statement_timeout = '300ms'"); // where it is connected already
    PgKeywordIndex index = PgKeywordIndex.open(new PgKeywordIndexConfig(guest, table));
    index.apply(adding(0), position(1));
    PortFailure reading;
    PortFailure writing;
    try (Connection other = source.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table guests_index." + table + " in access exclusive mode");
      reading =
          catchThrowableOfType(
              PortFailure.class, () -> index.search(scope, "lighthouse", 1, Filter.NONE));
      writing = catchThrowableOfType(PortFailure.class, () -> index.apply(adding(1), position(2)));
      other.rollback();
      other.setAutoCommit(true);
    }
    long after = index.count();
    index.apply(adding(1), position(2));
    long again = index.count();
    index.drop();
    TestPostgres.execute(source, "drop schema guests_index");

    assertThat(reading.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(reading.retryable()).isTrue();
    assertThat(writing.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(after).isEqualTo(1);
    assertThat(again).isEqualTo(2);
  }

  /** The transaction is committed, and nobody says so. */
  private DataSource losingTheAnswer(AtomicBoolean once) {
    return proxied(
        DataSource.class,
        source,
        (method, result) ->
            method.equals("getConnection")
                ? proxied(
                    Connection.class,
                    (Connection) result,
                    (called, done) -> {
                      if (called.equals("commit") && once.compareAndSet(true, false)) {
                        throw new SQLException("planted", "08006");
                      }
                      return done;
                    })
                : result);
  }

  /** What comes back of a call that was made. */
  private interface Answer {
    Object of(String method, Object result) throws SQLException;
  }

  private static <T> T proxied(Class<T> type, T target, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              try {
                return answer.of(method.getName(), method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Test
  void whatWasAppliedWithoutAnAnswerIsSeenAndHeldOnce() {
    AtomicBoolean loses = new AtomicBoolean();
    PgKeywordIndex index =
        PgKeywordIndex.open(new PgKeywordIndexConfig(losingTheAnswer(loses), table));
    loses.set(true);

    PortFailure failure =
        catchThrowableOfType(PortFailure.class, () -> index.apply(adding(0), position(1)));

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure.retryable()).isTrue();
    assertThat(index.position()).contains(position(1));
    index.apply(adding(0), position(2));
    assertThat(index.count()).isEqualTo(1);
    assertThat(index.search(scope, "lighthouse", 10, Filter.NONE)).hasSize(1);
  }
}
