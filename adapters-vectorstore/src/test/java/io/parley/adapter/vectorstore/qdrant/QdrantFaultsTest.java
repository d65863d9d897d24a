package io.parley.adapter.vectorstore.qdrant;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
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
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.Scopes;
import io.parley.testkit.vectorstore.qdrant.QdrantServer;
import io.parley.testkit.vectorstore.wire.WireFault;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Qdrant that is slow, down, strange, or lies. */
class QdrantFaultsTest {
  private static final String COLLECTION = "faulty";
  private static final float[] QUERY = {1, 0, 0};
  private static final Patience PATIENT =
      new Patience(Duration.ofSeconds(30), 3, Duration.ofMillis(10), Duration.ofMillis(40));

  /** Short enough for a test, and long enough for a machine that is busy. */
  private static final Patience HASTY =
      new Patience(Duration.ofSeconds(2), 3, Duration.ofMillis(10), Duration.ofMillis(40));

  private final BotScope scope = Scopes.fresh();
  private final VersionRef ref = newVersion();
  private QdrantServer server;
  private QdrantVectorStore store;

  @BeforeEach
  void start() {
    server = QdrantServer.start();
    store = QdrantVectorStore.open(config(3, null));
  }

  @AfterEach
  void stop() {
    store.close();
    server.close();
  }

  private QdrantVectorStoreConfig config(int dimension, Secret key) {
    return new QdrantVectorStoreConfig(server.url(), key, COLLECTION, dimension, PATIENT, PATIENT);
  }

  private void reopen(Patience changing, Patience searching) {
    store.close();
    store =
        QdrantVectorStore.open(
            new QdrantVectorStoreConfig(server.url(), null, COLLECTION, 3, changing, searching));
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
  void whoIsAskedToSlowDownComesBack() {
    server.faults().next("Upsert", 2, new WireFault.Throttles(0));

    apply();

    assertThat(store.count()).isEqualTo(2);
    assertThat(server.faults().calls("Upsert")).isEqualTo(3);
  }

  @Test
  void aStormEndsAfterSomeAttemptsWithTheTimeToWait() {
    apply();
    server.faults().next("Query", 1_000, new WireFault.Throttles(7));

    PortFailure failure = failure(this::search);

    assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(server.faults().calls("Query")).isEqualTo(3);
  }

  @Test
  void aServerThatDoesNotAnswerIsATimeout() {
    apply();
    reopen(PATIENT, HASTY);
    server.faults().next("Query", 1_000, new WireFault.Stalls());

    assertThat(failure(this::search).kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void whatWasAppliedWithoutAnAnswerIsAppliedAgainAndHeldOnce() {
    apply();
    reopen(HASTY, PATIENT);
    server.faults().next("Upsert", 1, new WireFault.AppliesAndStalls());

    apply();

    assertThat(server.faults().calls("Upsert")).isGreaterThanOrEqualTo(3);
    assertThat(store.count()).isEqualTo(2);
  }

  @Test
  void aServerThatIsDownForALittleIsTriedAgain() {
    apply();
    server.faults().next("Query", 2, new WireFault.Fails(Status.Code.UNAVAILABLE));

    assertThat(search()).hasSize(2);

    server.close();
    assertThat(failure(this::search).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void whatCannotSucceedIsTriedOnce() {
    apply();
    server.faults().next("Query", 9, new WireFault.Fails(Status.Code.INVALID_ARGUMENT));

    assertThat(failure(this::search).kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(server.faults().calls("Query")).isEqualTo(1);
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
    server.faults().next("Query", 2, new WireFault.ScoresNothing());

    assertThat(failure(this::search).kind()).isEqualTo(Kind.CORRUPT_DATA);
  }

  @Test
  void anIdThatIsNoneOfOursIsLeftOut() {
    apply();
    server.faults().next("Query", 2, new WireFault.AddsForeignIds());

    assertThat(search())
        .as("both chunks, and a UUID that only the database can tell to be nobody's")
        .hasSize(3)
        .extracting(ScoredChunk::id)
        .contains(ChunkId.of(ref, 0), ChunkId.of(ref, 1));
  }

  @Test
  void aCollectionForOtherVectorsIsRefusedWithASentence() {
    PortFailure wrong = failure(() -> QdrantVectorStore.open(config(4, null)));

    assertThat(wrong.kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(wrong.sentence()).contains("3", "4", COLLECTION, "Remove it");
  }

  @Test
  void aCollectionOfAnotherMetricIsRefusedWithASentence() {
    QdrantVectorStoreConfig other =
        new QdrantVectorStoreConfig(server.url(), null, "by-dot", 3, PATIENT, PATIENT);
    CreateCollection byDot =
        CreateCollection.newBuilder()
            .setCollectionName("by-dot")
            .setVectorsConfig(
                VectorsConfig.newBuilder()
                    .setParams(VectorParams.newBuilder().setSize(3).setDistance(Distance.Dot)))
            .build();
    try (QdrantCalls calls = QdrantCalls.open(other)) {
      calls.change(client -> client.collections().create(byDot));
    }

    PortFailure wrong = failure(() -> QdrantVectorStore.open(other));

    assertThat(wrong.kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(wrong.sentence()).contains("Dot", "Cosine");
  }

  @Test
  void aDroppedCollectionIsGoneFromTheServer() {
    apply();

    store.drop();

    assertThat(server.collections()).isEmpty();
    assertThat(failure(this::search).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void aCollectionThatIsGoneIsNeverAnsweredFromAndStartsOver() {
    apply();
    assertThat(store.position()).isEmpty();
    server.lose(COLLECTION);

    assertThat(failure(this::search).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(store.position()).contains(LogPosition.START);
    assertThat(store.verify()).isFalse();
    assertThat(failure(this::apply).kind()).isEqualTo(Kind.UNAVAILABLE);

    store.startOver();
    apply();
    assertThat(search()).hasSize(2);
    assertThat(store.position()).isEmpty();
  }

  @Test
  void anotherServerSeesWhatThisOneHasBegun() {
    try (QdrantVectorStore other = QdrantVectorStore.open(config(3, null))) {
      assertThat(other.position()).contains(LogPosition.START);

      apply();

      assertThat(other.position()).isEqualTo(Optional.empty());
      assertThat(other.count()).isEqualTo(2);
    }
  }

  @Test
  void aWrongKeyIsSaidWithoutSayingTheKey() {
    try (QdrantServer locked = QdrantServer.startWithKey("the right one")) {
      QdrantVectorStoreConfig wrong =
          new QdrantVectorStoreConfig(
              locked.url(), new Secret("the wrong one"), COLLECTION, 3, PATIENT, PATIENT);

      PortFailure failure = failure(() -> QdrantVectorStore.open(wrong));

      assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS_REJECTED);
      assertThat(failure.sentence()).contains("QDRANT_API_KEY").doesNotContain("the wrong one");
      assertThat(wrong.toString()).doesNotContain("the wrong one");
      QdrantVectorStore.open(
              new QdrantVectorStoreConfig(
                  locked.url(), new Secret("the right one"), COLLECTION, 3, PATIENT, PATIENT))
          .close();
    }
  }

  @Test
  void nothingThatOwnersWroteLeavesTheHouse() {
    Metadata metadata = new Metadata(Map.of("client", "Zelvath", "tags", List.of("harbour")));
    store.apply(
        List.of(
            new IndexChange.Add<>(List.of(vector(attributes(scope, ref, metadata), 0, 1, 0, 0)))),
        position(1));

    assertThat(server.points(COLLECTION).toString())
        .contains(scope.bot().toString(), ref.source().toString())
        .doesNotContain("Zelvath", "client", "harbour", "tags");
  }

  @Test
  void aPortOfRestIsTakenForTheOneBesideIt() {
    assertThat(at("http://localhost:6333").port()).isEqualTo(6334);
    assertThat(at("https://x.cloud.qdrant.io").port()).isEqualTo(6334);
    assertThat(at("http://localhost:7000").port()).isEqualTo(7000);
    assertThat(at("https://x.cloud.qdrant.io").isEncrypted()).isTrue();
  }

  private static QdrantVectorStoreConfig at(String url) {
    return QdrantVectorStoreConfig.of(URI.create(url), null, "c", 3);
  }
}
