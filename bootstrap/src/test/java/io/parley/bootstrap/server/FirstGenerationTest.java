package io.parley.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.persistence.PostgresConfig;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.persistence.BotKnowledge;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first choice counts from the first chunk on. */
class FirstGenerationTest {
  private static final EmbeddingModel MODEL = new EmbeddingModel("local", "eight numbers", 8);
  private static final EmbeddingModel OTHER = new EmbeddingModel("openai", "nine numbers", 9);
  private static final Map<String, String> NOWHERE = Map.of("QDRANT_URL", "http://127.0.0.1:1");

  private static final PostgresConfig NO_DATABASE =
      PostgresConfig.of("jdbc:postgresql://127.0.0.1:1/none", "none", new Secret("none"));
  private static final Map<String, String> PGVECTOR =
      Map.of(
          "PARLEY_VECTOR_STORE",
          "pgvector",
          "DATABASE_URL",
          "postgres://none:none@127.0.0.1:1/none");

  @TempDir private Path home;
  private final InMemoryPersistence database = new InMemoryPersistence();

  private VectorStores stores(Map<String, String> settings) {
    return new VectorStores(
        Settings.read(settings, home).vectors(),
        new DataDirectory(home.resolve("data")),
        new IndexDatabase(() -> NO_DATABASE));
  }

  private Generation settled(EmbeddingModel model, Map<String, String> settings) {
    Generation settled =
        FirstGeneration.settle(database.generations(), model, stores(settings), "here");
    assertThat(database.generations().all()).containsExactly(settled);
    return settled;
  }

  @Test
  void aFirstStartWhoseStoreCannotBeReachedDecidesNothing() {
    Generation failed = settled(MODEL, NOWHERE);
    assertThat(failed.store()).isEqualTo("qdrant");
    assertThatThrownBy(() -> stores(NOWHERE).open(failed)).isInstanceOf(PortFailure.class);

    Generation chosen = settled(OTHER, Map.of());

    assertThat(chosen.store()).isEqualTo("embedded");
    assertThat(chosen.model()).isEqualTo(OTHER);
    assertThat(database.generations().all()).containsExactly(chosen);
    assertThat(settled(OTHER, Map.of())).as("no difference, no change").isEqualTo(chosen);
  }

  @Test
  void theEmptyIndexOfTheFirstChoiceGoes() {
    Generation first = settled(MODEL, Map.of());
    stores(Map.of()).open(first).close();
    Path directory = new DataDirectory(home.resolve("data")).vectors(first.id());
    assertThat(directory).isDirectory();

    settled(OTHER, Map.of());

    assertThat(directory).doesNotExist();
  }

  @Test
  void onceThereIsAChunkTheFirstChoiceStays() {
    Generation first = settled(MODEL, Map.of());
    BotKnowledge knowledge = BotKnowledge.in(database);
    knowledge.split(knowledge.add("log.txt").ref(), "one");

    assertThat(settled(OTHER, NOWHERE)).isEqualTo(first);
  }

  @Test
  void whereWordsAreIndexedMayBeChosenAgainAsWell() {
    settled(MODEL, Map.of());

    Generation chosen = settled(MODEL, Map.of("PARLEY_KEYWORD_INDEX", "postgresql"));

    assertThat(KeywordIndexes.of(chosen)).isEqualTo("postgresql");
  }

  @Test
  void aChoiceThatCannotBeHadKeepsWhatServes() {
    Generation first = settled(MODEL, Map.of());

    assertThat(settled(MODEL, PGVECTOR)).isEqualTo(first);
  }
}
