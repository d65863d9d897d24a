package io.parley.adapter.vectorstore.pgvector;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.newVersion;
import static io.parley.testkit.vectorstore.SampleChunks.position;
import static io.parley.testkit.vectorstore.SampleChunks.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.Scopes;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to an index in the database when something happens to the database. */
class PgFaultsTest {
  private static final String SCHEMA = "public_index";

  private final BotScope scope = Scopes.fresh();
  private final VersionRef ref = newVersion();
  private final CuttableSource source = new CuttableSource(TestPostgres.plain());
  private String table;
  private PgKeywordIndex index;

  @BeforeEach
  void open() {
    table = TestPostgres.freshName("words");
    index = reopened();
  }

  private PgKeywordIndex reopened() {
    return PgKeywordIndex.open(new PgKeywordIndexConfig(source, table));
  }

  private static List<IndexChange<IndexedWords>> adding(BotScope scope, VersionRef ref, int count) {
    return List.of(
        new IndexChange.Add<>(
            IntStream.range(0, count)
                .mapToObj(i -> words(attributes(scope, ref), i, "The lighthouse " + i))
                .toList()));
  }

  private List<ChunkId> found() {
    return index.search(scope, "lighthouse", 10, Filter.NONE).stream()
        .map(ScoredChunk::id)
        .toList();
  }

  private static PortFailure failure(ThrowingCallable call) {
    return catchThrowableOfType(PortFailure.class, call);
  }

  private void drop() {
    TestPostgres.execute(source, "drop table " + SCHEMA + "." + table);
  }

  @Test
  void aConnectionThatGoesInTheMiddleLeavesContentAndPositionAsTheyWere() {
    index.apply(adding(scope, ref, 2), position(1));

    VersionRef other = newVersion();
    List<IndexChange<IndexedWords>> changes = adding(scope, other, 2);
    int statements = 0;
    source.cutBefore(1);
    for (PortFailure failure = failure(() -> index.apply(changes, position(2)));
        source.wasCut();
        failure = failure(() -> index.apply(changes, position(2)))) {
      assertThat(failure.kind()).as("statement %s", ++statements).isEqualTo(Kind.UNAVAILABLE);
      assertThat(index.position()).contains(position(1));
      assertThat(index.count()).isEqualTo(2);
      assertThat(index.chunksOf(other.source())).isEmpty();
      source.cutBefore(statements + 1);
    }

    source.cutBefore(0);
    assertThat(statements).as("the row, three of the change, the position, the end").isEqualTo(6);
    assertThat(index.position()).contains(position(2));
    assertThat(index.count()).isEqualTo(4);
  }

  @Test
  void aTableThatSomebodyDroppedIsAtTheStartAndIsMadeAgain() {
    index.apply(adding(scope, ref, 2), position(1));
    drop();

    assertThat(failure(this::found).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure(index::count).sentence()).contains("being built again");
    assertThat(index.position()).contains(LogPosition.START);
    assertThat(index.verify()).isFalse();
    PortFailure late = failure(() -> index.apply(adding(scope, ref, 2), position(2)));
    assertThat(late.kind()).isEqualTo(Kind.UNAVAILABLE);

    index.startOver();
    assertThat(index.verify()).isTrue();
    index.apply(adding(scope, ref, 2), position(2));
    assertThat(found()).hasSize(2);
  }

  @Test
  void anOpenWithoutTheTableStartsOver() {
    index.apply(adding(scope, ref, 2), position(1));
    drop();

    index = reopened();

    assertThat(index.position()).contains(LogPosition.START);
    assertThat(index.count()).isZero();
  }

  @Test
  void aTableWithoutItsPositionIsNotBelieved() {
    index.apply(adding(scope, ref, 2), position(1));
    TestPostgres.execute(
        source, "delete from " + SCHEMA + ".positions where name = '" + table + "'");

    assertThat(index.position()).contains(LogPosition.START);
    index = reopened();

    assertThat(index.count()).isZero();
    assertThat(found()).isEmpty();
  }

  @Test
  void wordsOfAnotherVersionOfTheAnalysersAreWrittenAnew() {
    index.apply(adding(scope, ref, 2), position(1));
    TestPostgres.execute(
        source,
        "update " + SCHEMA + ".positions set recipe = 'words/0' where name = '" + table + "'");

    assertThat(failure(index::position).sentence()).contains("the same version");
    index = reopened();

    assertThat(index.position()).contains(LogPosition.START);
    assertThat(index.count()).isZero();
  }

  @Test
  void whoDoesNotKnowThatAnotherServerMovedOnWritesNothing() {
    PgKeywordIndex other = reopened();
    other.apply(adding(scope, ref, 2), position(5));

    VersionRef late = newVersion();
    PortFailure failure = failure(() -> index.apply(adding(scope, late, 2), position(3)));

    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(index.chunksOf(late.source())).isEmpty();
    assertThat(index.position()).contains(position(5));
    index.apply(adding(scope, late, 2), position(6));
    assertThat(other.position()).contains(position(6));
  }

  @Test
  void nothingOfARemovedSourceIsLeftThatAReaderCouldSee() throws Exception {
    index.apply(adding(scope, ref, 2), position(1));
    TestPostgres.execute(source, "analyze " + SCHEMA + "." + table);
    index.apply(List.of(new IndexChange.RemoveSource<>(ref.source())), position(2));

    assertThat(TestPostgres.number(source, "select count(*) from " + SCHEMA + "." + table))
        .isZero();
    assertThat(
            TestPostgres.number(source, "select count(*) from " + SCHEMA + "." + table + "_sums"))
        .isZero();
    assertThat(
            TestPostgres.number(
                source,
                "select count(*) from pg_stats where schemaname = '"
                    + SCHEMA
                    + "' and tablename = '"
                    + table
                    + "' and attname in ('ordered', 'words', 'times')"))
        .isZero();
  }

  @Test
  void aUserWithoutTheRightIsToldWhatToRun() {
    PortFailure failure =
        failure(() -> PgKeywordIndex.open(PgKeywordIndexConfig.of(TestPostgres.asGuest())));

    assertThat(failure.kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(failure.sentence()).contains("create schema \"guests_index\"");
  }

  private long guestsSchemas() {
    return TestPostgres.number(
        source, "select count(*) from pg_namespace where nspname = 'guests_index'");
  }

  @Test
  void theLastIndexTakesTheSchemaThatParleyMadeWithIt() {
    DataSource guest = TestPostgres.asGuest();
    TestPostgres.execute(source, "grant create on database postgres to guest");
    PgKeywordIndex first = PgKeywordIndex.open(new PgKeywordIndexConfig(guest, "words_one"));
    PgKeywordIndex second = PgKeywordIndex.open(new PgKeywordIndexConfig(guest, "words_two"));
    first.drop();
    long withOne = guestsSchemas();
    second.apply(adding(scope, ref, 1), position(1));
    second.drop();
    long withNone = guestsSchemas();
    second.startOver();
    long again = second.count();
    second.drop();
    TestPostgres.execute(source, "revoke create on database postgres from guest");

    assertThat(withOne).isEqualTo(1);
    assertThat(withNone).isZero();
    assertThat(again).isZero();
    assertThat(guestsSchemas()).isZero();
  }

  @Test
  void aSchemaThatSomebodyElseMadeStaysWithoutAnythingInIt() {
    DataSource guest = TestPostgres.asGuest();
    TestPostgres.execute(source, "create schema guests_index authorization guest");
    PgKeywordIndex.open(PgKeywordIndexConfig.of(guest)).drop();
    long schemas = guestsSchemas();
    long tables =
        TestPostgres.number(
            source, "select count(*) from pg_tables where schemaname = 'guests_index'");
    TestPostgres.execute(source, "drop schema guests_index");

    assertThat(schemas).isEqualTo(1);
    assertThat(tables).isZero();
  }

  @Test
  void aServerWithoutTheExtensionSaysHowToGetIt() {
    PortFailure failure =
        failure(() ->
            PgVectorStore.open(PgVectorStoreConfig.of(TestPostgres.plain(), "vectors_none", 3)));

    assertThat(failure.kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(failure.sentence()).contains("pgvector", "create extension vector");
    assertThat(
            TestPostgres.number(
                source, "select count(*) from pg_class where relname = 'vectors_none'"))
        .isZero();
  }

  @Test
  void moreDimensionsThanPgvectorIndexesAreRefused() {
    PortFailure failure =
        failure(() ->
            PgVectorStore.open(
                PgVectorStoreConfig.of(TestPostgres.plain(), "vectors_wide", 4_001)));

    assertThat(failure.kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(failure.sentence()).contains("4,000", "4001");
  }
}
