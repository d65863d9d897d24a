package io.parley.adapter.vectorstore.pinecone;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.direction;
import static io.parley.testkit.vectorstore.SampleChunks.newVersion;
import static io.parley.testkit.vectorstore.SampleChunks.position;
import static io.parley.testkit.vectorstore.SampleChunks.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.parley.adapter.vectorstore.remote.Patience;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.Secret;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.Scopes;
import io.parley.testkit.vectorstore.pinecone.PineconeServer;
import io.parley.testkit.vectorstore.wire.WireFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Pinecone that is slow, down, strange, late, or lies. */
class PineconeFaultsTest {
  private static final String INDEX = "faulty";
  private static final float[] QUERY = {1, 0, 0};
  private static final Patience PATIENT =
      new Patience(Duration.ofSeconds(30), 3, Duration.ofMillis(10), Duration.ofMillis(40));

  /** Short enough for a test, and long enough for a machine that is busy. */
  private static final Patience HASTY =
      new Patience(Duration.ofSeconds(2), 3, Duration.ofMillis(10), Duration.ofMillis(40));

  private final BotScope scope = Scopes.fresh();
  private final VersionRef ref = newVersion();
  private PineconeServer server;
  private PineconeVectorStore store;

  @BeforeEach
  void start() {
    server = PineconeServer.start("key");
    store = PineconeVectorStore.open(config(3, "key"));
  }

  @AfterEach
  void stop() {
    store.close();
    server.close();
  }

  private PineconeVectorStoreConfig config(int dimension, String key) {
    return config(dimension, key, PATIENT, PATIENT, Duration.ofSeconds(30));
  }

  private PineconeVectorStoreConfig config(
      int dimension, String key, Patience changing, Patience searching, Duration freshness) {
    return new PineconeVectorStoreConfig(
        new Secret(key),
        INDEX,
        dimension,
        "aws",
        "us-east-1",
        server.url(),
        changing,
        searching,
        freshness,
        Duration.ofSeconds(60));
  }

  private void reopen(Patience changing, Patience searching, Duration freshness) {
    store.close();
    store = PineconeVectorStore.open(config(3, "key", changing, searching, freshness));
  }

  private void apply() {
    store.apply(
        List.of(
            new IndexChange.Add<>(
                List.of(
                    vector(attributes(scope, ref), 0, 1, 0, 0),
                    vector(attributes(scope, ref), 1, 0, 1, 0)))),
        position(1));
  }

  private List<ScoredChunk> search() {
    return store.search(scope, QUERY, 5, Filter.NONE);
  }

  private static PortFailure failure(ThrowingCallable call) {
    return catchThrowableOfType(PortFailure.class, call);
  }

  @Test
  void aDroppedIndexIsGoneFromTheServerAlsoWhenTheFirstTriesFail() {
    apply();
    server.refuseNext(2, 503);

    store.drop();

    assertThat(server.indexes()).isEmpty();
  }

  @Test
  void whoIsAskedToSlowDownComesBack() {
    server.faults().next("Upsert", 2, new WireFault.Throttles(0));

    apply();

    assertThat(store.count()).isEqualTo(2);
  }

  @Test
  void aStormEndsAfterSomeAttemptsWithTheTimeToWait() {
    apply();
    server.faults().next("Query", 1_000, new WireFault.Throttles(7));

    PortFailure failure = failure(this::search);

    assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void aServerThatDoesNotAnswerIsATimeout() {
    apply();
    reopen(PATIENT, HASTY, Duration.ofSeconds(30));
    server.faults().next("Query", 1_000, new WireFault.Stalls());

    assertThat(failure(this::search).kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void whatWasAppliedWithoutAnAnswerIsAppliedAgainAndHeldOnce() {
    apply();
    reopen(HASTY, PATIENT, Duration.ofSeconds(30));
    server.faults().next("Upsert", 1, new WireFault.AppliesAndStalls());

    apply();

    assertThat(store.count()).isEqualTo(2);
    assertThat(store.held(List.of(ChunkId.of(ref, 0)))).containsValue(1);
  }

  @Test
  void aChangeIsOverWhenReadsSeeIt() {
    server.withDelay(Duration.ofMillis(300));

    apply();
    assertThat(search()).hasSize(2);
    store.apply(List.of(new IndexChange.RemoveSource<>(ref.source())), position(2));

    assertThat(search()).isEmpty();
    assertThat(store.chunksOf(ref.source())).isEmpty();
    assertThat(store.count()).isZero();
  }

  @Test
  void sourcesThatAreRemovedTogetherAreRemovedWithOneCallANamespace() {
    apply();
    VersionRef other = newVersion();
    store.apply(
        List.of(new IndexChange.Add<>(List.of(vector(attributes(scope, other), 0, 1, 0, 0)))),
        position(2));
    int before = server.faults().calls("Delete");

    store.apply(
        List.of(
            new IndexChange.RemoveSource<>(ref.source()),
            new IndexChange.RemoveSource<>(other.source()),
            new IndexChange.RemoveSource<>(newVersion().source())),
        position(3));

    assertThat(store.count()).isZero();
    assertThat(server.faults().calls("Delete") - before).isEqualTo(Namespaces.ALL.size());
  }

  @Test
  void anIndexWhoseNamespaceIsMissingStartsOver() {
    server.faults().next("Fetch", 1, new WireFault.Fails(Status.Code.NOT_FOUND));

    store.startOver();

    assertThat(store.count()).isZero();
  }

  @Test
  void aChangeThatIsNotSeenInTimeIsNotSaidToBeMade() {
    reopen(PATIENT, PATIENT, Duration.ofSeconds(1));
    server.withDelay(Duration.ofMinutes(5));

    PortFailure late = failure(this::apply);

    assertThat(late.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(store.position()).contains(LogPosition.START);
  }

  @Test
  void aChangeThatWasSaidToBeMadeAndWasNotIsSeenByReadingBack() {
    server.faults().next("Upsert", 1, new WireFault.ForgetsTheChange());

    apply();

    assertThat(store.held(List.of(ChunkId.of(ref, 0)))).isEmpty();
    apply();
    assertThat(store.held(List.of(ChunkId.of(ref, 0)))).hasSize(1);
  }

  @Test
  void aScoreThatIsNoNumberIsNoAnswer() {
    apply();
    server.faults().next("Query", 1, new WireFault.ScoresNothing());

    assertThat(failure(this::search).kind()).isEqualTo(Kind.CORRUPT_DATA);
  }

  @Test
  void anIdThatIsNoneOfOursIsLeftOut() {
    apply();
    server.faults().next("Query", 1, new WireFault.AddsForeignIds());

    assertThat(search())
        .as("both chunks, and a UUID that only the database can tell to be nobody's")
        .hasSize(3)
        .extracting(ScoredChunk::id)
        .contains(ChunkId.of(ref, 0), ChunkId.of(ref, 1));
  }

  @Test
  void anIndexForOtherVectorsIsRefusedWithASentence() {
    PortFailure wrong = failure(() -> PineconeVectorStore.open(config(4, "key")));

    assertThat(wrong.kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(wrong.sentence()).contains("3", "4", INDEX, "Remove it");
  }

  @Test
  void aWrongKeyIsSaidWithoutSayingTheKey() {
    PortFailure wrong = failure(() -> PineconeVectorStore.open(config(3, "another one")));

    assertThat(wrong.kind()).isEqualTo(Kind.CREDENTIALS_REJECTED);
    assertThat(wrong.sentence()).contains("PINECONE_API_KEY").doesNotContain("another one");
    assertThat(config(3, "another one").toString()).doesNotContain("another one");
  }

  @Test
  void aControlPlaneThatIsBusyIsAskedAgain() {
    server.refuseNext(1, 429);
    store.close();
    store = PineconeVectorStore.open(config(3, "key"));
    server.refuseNext(1, 503);
    assertThat(store.verify()).isTrue();

    server.refuseNext(1_000, 429);
    assertThat(failure(() -> store.verify()).kind()).isEqualTo(Kind.RATE_LIMITED);
  }

  @Test
  void anIndexThatIsGoneIsNeverAnsweredFromAndStartsOver() {
    apply();
    assertThat(store.position()).isEmpty();
    server.lose(INDEX);

    assertThat(failure(this::search).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(store.position()).contains(LogPosition.START);
    assertThat(store.verify()).isFalse();

    store.startOver();
    apply();
    assertThat(search()).hasSize(2);
    assertThat(store.position()).isEmpty();
  }

  @Test
  void aServerThatIsDownIsUnavailable() {
    apply();
    server.faults().next("Query", 2, new WireFault.Fails(Status.Code.UNAVAILABLE));
    assertThat(search()).hasSize(2);

    server.faults().next("Query", 1_000, new WireFault.Fails(Status.Code.INTERNAL));
    assertThat(failure(this::search).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void moreThanOneCallCanCarryGoesInSeveral() {
    try (PineconeVectorStore wide = open("wide", 3072)) {
      List<IndexedVector> chunks = new ArrayList<>();
      Random random = new Random(3);
      for (int i = 0; i < 400; i++) {
        chunks.add(vector(attributes(scope, ref), i, direction(3072, random)));
      }

      wide.apply(List.of(new IndexChange.Add<>(chunks)), position(1));

      assertThat(wide.count()).isEqualTo(400);
      assertThat(server.faults().calls("Upsert")).isGreaterThan(2);
    }
  }

  private PineconeVectorStore open(String index, int dimension) {
    return PineconeVectorStore.open(
        PineconeVectorStoreConfig.of(
            new Secret("key"), index, dimension, "aws", "us-east-1", server.url()));
  }

  @Test
  void asMuchMetadataAsThereCanBeFits() {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      values.put("field number " + i, "x".repeat(7_990) + i);
    }
    Metadata metadata = new Metadata(values);
    store.apply(
        List.of(
            new IndexChange.Add<>(List.of(vector(attributes(scope, ref, metadata), 0, 1, 0, 0)))),
        position(1));

    Filter last =
        new Filter.Equal(
            new FilterField.InMetadata("field number 199"),
            new FilterValue.Text("x".repeat(7_990) + 199));
    assertThat(store.search(scope, QUERY, 5, last)).hasSize(1);
  }

  @Test
  void nothingThatOwnersWroteLeavesTheHouse() {
    Metadata metadata = new Metadata(Map.of("client", "Zelvath", "tags", List.of("harbour")));
    store.apply(
        List.of(
            new IndexChange.Add<>(List.of(vector(attributes(scope, ref, metadata), 0, 1, 0, 0)))),
        position(1));

    assertThat(server.vectors(INDEX).toString())
        .contains(scope.bot().toString(), ref.source().toString())
        .doesNotContain("Zelvath", "client", "harbour", "tags");
  }
}
