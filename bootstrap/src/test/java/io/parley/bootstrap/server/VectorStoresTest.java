package io.parley.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.adapter.persistence.PostgresConfig;
import io.parley.adapter.vectorstore.lucene.LuceneVectorStore;
import io.parley.adapter.vectorstore.pinecone.PineconeVectorStore;
import io.parley.adapter.vectorstore.qdrant.QdrantVectorStore;
import io.parley.application.retrieval.ServingGeneration;
import io.parley.bootstrap.settings.Settings;
import io.parley.bootstrap.settings.WrongSetting;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.vectorstore.pinecone.PineconeServer;
import io.parley.testkit.vectorstore.qdrant.QdrantServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings choose the first store; after that the generation does. */
class VectorStoresTest {
  private static final EmbeddingModel MODEL = new EmbeddingModel("local", "eight numbers", 8);

  /** None of these stores lies in the database. */
  private static final PostgresConfig NOWHERE =
      PostgresConfig.of("jdbc:postgresql://127.0.0.1:1/none", "none", new Secret("none"));

  @TempDir private Path home;
  private final ServingGeneration generations =
      new ServingGeneration(
          new InMemoryPersistence().generations(), IdSource.random(), InstantSource.system());

  private VectorStores stores(Map<String, String> settings) {
    return new VectorStores(
        Settings.read(settings, home).vectors(),
        new DataDirectory(home.resolve("data")),
        new IndexDatabase(() -> NOWHERE));
  }

  private Generation serving(VectorStores stores) {
    return generations.servingOrFirst(
        MODEL, stores.settings().chosen(), id -> stores.settingsOf(MODEL, id));
  }

  @Test
  void nothingSetIsTheEmbeddedStore() {
    VectorStores stores = stores(Map.of());

    try (VectorStore store = stores.open(serving(stores))) {
      assertThat(store).isInstanceOf(LuceneVectorStore.class);
    }
  }

  @Test
  void theStoreOfTheFirstStartServesOnWhateverIsChosenLater() {
    try (QdrantServer qdrant = QdrantServer.start()) {
      String url = qdrant.url().toString();
      VectorStores first = stores(Map.of("QDRANT_URL", url));
      first.open(serving(first)).close();
      String collection = qdrant.collections().getFirst();

      VectorStores later = stores(Map.of("QDRANT_URL", url, "PARLEY_VECTOR_STORE", "embedded"));
      try (VectorStore store = later.open(serving(later))) {
        assertThat(store).isInstanceOf(QdrantVectorStore.class);
      }
      assertThat(qdrant.collections()).containsExactly(collection);
    }
  }

  @Test
  void anIndexWhoseStoreCannotBeReachedAnyMoreNamesTheSetting() {
    Generation there;
    try (QdrantServer qdrant = QdrantServer.start()) {
      there = serving(stores(Map.of("QDRANT_URL", qdrant.url().toString())));
    }

    PortFailure failure =
        catchThrowableOfType(PortFailure.class, () -> stores(Map.of()).open(there));

    assertThat(failure.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION);
    assertThat(failure.sentence()).contains("Qdrant", "QDRANT_URL");
  }

  @Test
  void anIndexInPineconeIsFoundAgainUnderAnotherPrefix() {
    try (PineconeServer pinecone = PineconeServer.start("key")) {
      Map<String, String> reach =
          Map.of("PINECONE_API_KEY", "key", "PINECONE_CONTROLLER_HOST", pinecone.url().toString());
      VectorStores first = stores(reach);
      first.open(serving(first)).close();
      String index = pinecone.indexes().getFirst();

      VectorStores later =
          stores(
              Map.of(
                  "PINECONE_API_KEY", "key",
                  "PINECONE_CONTROLLER_HOST", pinecone.url().toString(),
                  "PINECONE_INDEX_NAME", "other"));
      try (VectorStore store = later.open(serving(later))) {
        assertThat(store).isInstanceOf(PineconeVectorStore.class);
      }
      assertThat(index).startsWith("parley-").hasSizeLessThanOrEqualTo(45);
      assertThat(pinecone.indexes()).containsExactly(index);
    }
  }

  @Test
  void aDatabaseThatCannotHoldTheVectorsChoosesNothingForGood() {
    Map<String, String> pgvector =
        Map.of(
            "PARLEY_VECTOR_STORE", "pgvector", "DATABASE_URL", "postgres://a:b@127.0.0.1:1/none");

    assertThat(catchThrowableOfType(PortFailure.class, () -> serving(stores(pgvector))))
        .isNotNull();

    assertThat(serving(stores(Map.of())).store()).isEqualTo("embedded");
  }

  @Test
  void wordsGoWithTheVectorsIntoTheDatabaseUnlessToldOtherwise() {
    Map<String, String> url = Map.of("DATABASE_URL", "postgres://a:b@127.0.0.1/parley");

    assertThat(words(url)).isEqualTo("embedded");
    assertThat(words(with(url, "PARLEY_VECTOR_STORE", "pgvector"))).isEqualTo("postgresql");
    assertThat(
            words(
                with(
                    with(url, "PARLEY_VECTOR_STORE", "pgvector"),
                    "PARLEY_KEYWORD_INDEX",
                    "embedded")))
        .isEqualTo("embedded");
    assertThat(words(Map.of("PARLEY_KEYWORD_INDEX", "postgresql"))).isEqualTo("postgresql");
    assertThat(serving(stores(Map.of("PARLEY_KEYWORD_INDEX", "postgresql"))).settings())
        .containsEntry("words", "postgresql");
  }

  private static Map<String, String> with(Map<String, String> settings, String name, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(name, value);
    return more;
  }

  private String words(Map<String, String> settings) {
    return stores(settings).settings().words();
  }

  @Test
  void pgvectorNeedsADatabaseOfYourOwn() {
    WrongSetting wrong =
        catchThrowableOfType(
            WrongSetting.class, () -> stores(Map.of("PARLEY_VECTOR_STORE", "pgvector")));

    assertThat(wrong.getMessage()).contains("DATABASE_URL");
  }
}
