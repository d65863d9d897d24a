package io.parley.adapter.vectorstore.pgvector;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.direction;
import static io.parley.testkit.vectorstore.SampleChunks.newVersion;
import static io.parley.testkit.vectorstore.SampleChunks.position;
import static io.parley.testkit.vectorstore.SampleChunks.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.Scopes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tables of vectors that are right, wrong, or were tampered with. */
@EnabledIf(
    value = "io.parley.adapter.vectorstore.pgvector.TestPostgres#hasVectors",
    disabledReason = TestPostgres.SKIPPED)
class PgVectorTableTest {
  private static final String SCHEMA = "public_index";

  private final BotScope scope = Scopes.fresh();
  private final VersionRef ref = newVersion();
  private DataSource source;
  private String table;

  @BeforeEach
  void open() {
    source = TestPostgres.withVectors();
    table = TestPostgres.freshName("vectors");
  }

  private PgVectorStore store(int dimension) {
    return PgVectorStore.open(PgVectorStoreConfig.of(source, table, dimension));
  }

  private PgVectorStore byHnsw(int dimension) {
    return PgVectorStore.open(
        new PgVectorStoreConfig(TestPostgres.withHnsw(), table, dimension, 0));
  }

  private void execute(String statement) {
    TestPostgres.execute(source, statement.formatted(SCHEMA + "." + table));
  }

  private long number(String query) {
    return TestPostgres.number(source, query.formatted("'" + SCHEMA + "." + table + "'::regclass"));
  }

  private static PortFailure failure(ThrowingCallable call) {
    return catchThrowableOfType(PortFailure.class, call);
  }

  private List<IndexChange<IndexedVector>> random(int count, int dimension) {
    Random random = new Random(7);
    List<IndexedVector> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var attributes = attributes(scope, ref, new Metadata(Map.of("hundredth", i % 100 == 0)));
      chunks.add(vector(attributes, i, direction(dimension, random)));
    }
    return List.of(new IndexChange.Add<>(chunks));
  }

  @Test
  void aTableForAnotherDimensionIsRefused() {
    store(8).apply(random(1, 8), position(1));

    PortFailure failure = failure(() -> store(9));

    assertThat(failure.kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(failure.sentence()).contains(table, "vector(8)", "vector(9)", "start again");
    assertThat(store(8).count()).isEqualTo(1);
  }

  @Test
  void aTableForAnotherMetricIsRefused() {
    store(8);
    execute("drop index %s_embedding_idx");
    execute("create index on %s using hnsw (embedding vector_l2_ops)");

    PortFailure failure = failure(() -> store(8));

    assertThat(failure.kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(failure.sentence()).contains("vector_l2_ops", "cosine");
  }

  @Test
  void aTableOfSomethingElseIsRefused() {
    store(8);
    table = TestPostgres.freshName("vectors");
    execute("create table %s (id integer)");

    assertThat(failure(() -> store(8)).sentence()).contains("something else");
  }

  @Test
  void aLostIndexIsMadeAgain() {
    store(8).apply(random(3, 8), position(1));
    execute("drop index %s_embedding_idx");

    assertThat(store(8).position()).contains(position(1));

    assertThat(hnswIndexes()).isEqualTo(1);
  }

  private long hnswIndexes() {
    return number(
        "select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid"
            + " join pg_am m on m.oid = c.relam where m.amname = 'hnsw' and i.indrelid = %s");
  }

  @Test
  void wideVectorsAreHalfAsLong() {
    store(2_001).apply(random(2, 2_001), position(1));

    assertThat(
            number(
                "select count(*) from pg_attribute where attname = 'embedding'"
                    + " and atttypid = 'halfvec'::regtype and atttypmod = 2001 and attrelid = %s"))
        .isEqualTo(1);
    assertThat(hnswIndexes()).isEqualTo(1);
  }

  @Test
  void aColumnThatWentWithTheExtensionIsTold() {
    PgVectorStore store = store(8);
    store.apply(random(1, 8), position(1));
    execute("alter table %s drop column embedding");

    float[] query = {1, 1, 1, 1, 1, 1, 1, 1};
    PortFailure failure = failure(() -> store.search(scope, query, 5, Filter.NONE));

    assertThat(failure.kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(failure.sentence()).contains("extension \"vector\"");
    assertThat(failure(() -> store(8)).kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
  }

  @Test
  void aDroppedTableIsMadeAgainWithItsIndexes() {
    PgVectorStore store = store(8);
    store.apply(random(3, 8), position(1));
    execute("drop table %s");

    assertThat(store.position()).contains(LogPosition.START);
    store.startOver();
    store.apply(random(3, 8), position(1));

    assertThat(store.count()).isEqualTo(3);
    assertThat(hnswIndexes()).isEqualTo(1);
  }

  @Test
  void hnswFindsWhatAnExactSearchFinds() throws InterruptedException {
    PgVectorStore approximate = byHnsw(48);
    approximate.apply(random(2_000, 48), position(1));
    PgVectorStore exact = store(48);
    Random random = new Random(11);

    int found = 0;
    for (int i = 0; i < 50; i++) {
      float[] query = direction(48, random);
      Set<ScoredChunk> nearest = new HashSet<>(exact.search(scope, query, 10, Filter.NONE));
      nearest.retainAll(approximate.search(scope, query, 10, Filter.NONE));
      found += nearest.size();
    }

    assertThat(found / 500.0).as("recall@10").isGreaterThanOrEqualTo(0.95);
    assertHnswWasAsked(approximate);
  }

  /** A session tells of its scans with the first search after a second. */
  private void assertHnswWasAsked(PgVectorStore approximate) throws InterruptedException {
    float[] query = direction(48, new Random(1));
    for (int tries = 0; hnswScans() < 50; tries++) {
      assertThat(tries).as("searches until scans of the index are told").isLessThan(600);
      Thread.sleep(100);
      approximate.search(scope, query, 10, Filter.NONE);
    }
  }

  private long hnswScans() {
    return number(
        "select coalesce(sum(s.idx_scan), 0) from pg_stat_user_indexes s"
            + " join pg_class c on c.oid = s.indexrelid join pg_am m on m.oid = c.relam"
            + " where m.amname = 'hnsw' and s.relid = %s");
  }

  @Test
  void aRareAttributeAmongManyVectorsCostsNoResults() {
    PgVectorStore approximate = byHnsw(16);
    approximate.apply(random(3_000, 16), position(1));
    Filter rare =
        new Filter.Equal(new FilterField.InMetadata("hundredth"), new FilterValue.Truth(true));
    float[] query = direction(16, new Random(3));

    List<ScoredChunk> found = approximate.search(scope, query, 30, rare);

    assertThat(found).hasSize(30).isSortedAccordingTo(ScoredChunk.BEST_FIRST);
    assertThat(found).isEqualTo(store(16).search(scope, query, 30, rare));
  }
}
