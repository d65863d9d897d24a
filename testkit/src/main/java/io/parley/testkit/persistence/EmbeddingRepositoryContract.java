package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.EmbeddingRepository;
import io.parley.domain.port.persistence.EmbeddingRepository.Coverage;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.IndexedVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link EmbeddingRepository} does. Needs a new, empty database for each test. */
public abstract class EmbeddingRepositoryContract {
  private static final EmbeddingModel OTHER = new EmbeddingModel("openai", "two numbers", 2);

  /** The database under test, the same during a test. */
  protected abstract Persistence persistence();

  private EmbeddingRepository embeddings() {
    return persistence().embeddings();
  }

  @Test
  void whatIndexesHoldAndAModelLacksIsListedInPortions() {
    BotKnowledge knowledge = BotKnowledge.in(persistence());
    List<Chunk> complete = knowledge.complete(knowledge.add("a.txt").ref(), "one", "two", "three");
    VersionRef announced = knowledge.add("b.txt").ref();
    knowledge.embed(announced, "four");
    knowledge.split(knowledge.add("c.txt").ref(), "is not announced yet");
    List<Chunk> expected = new ArrayList<>(complete);
    expected.addAll(BotKnowledge.chunks(announced, "four"));

    List<Chunk> first = new ArrayList<>(embeddings().lacking(OTHER, null, 3));
    List<Chunk> rest = embeddings().lacking(OTHER, first.getLast().id(), 3);

    assertThat(first).hasSize(3);
    assertThat(rest).hasSize(1);
    first.addAll(rest);
    assertThat(first).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(first).isSortedAccordingTo((a, b) -> text(a.id()).compareTo(text(b.id())));
    assertThat(embeddings().lacking(BotKnowledge.MODEL, null, 9)).isEmpty();
    assertThat(embeddings().coverage(OTHER)).isEqualTo(new Coverage(0, 4));
    assertThat(embeddings().coverage(BotKnowledge.MODEL)).isEqualTo(new Coverage(4, 4));
  }

  private static String text(ChunkId id) {
    return id.value().toString();
  }

  @Test
  void whatIsKeptIsNotLackingAnyMore() {
    BotKnowledge knowledge = BotKnowledge.in(persistence());
    VersionRef ref = knowledge.add("a.txt").ref();
    List<Chunk> chunks = knowledge.complete(ref, "one", "two");
    assertThat(embeddings().lackingOf(ref, OTHER, 9)).containsExactlyElementsOf(chunks);

    embeddings().keep(OTHER, Map.of(chunks.getFirst().id(), new float[] {1, 2}));

    assertThat(embeddings().lackingOf(ref, OTHER, 9)).containsExactly(chunks.getLast());
    assertThat(embeddings().lacking(OTHER, null, 9)).containsExactly(chunks.getLast());
    assertThat(embeddings().coverage(OTHER)).isEqualTo(new Coverage(1, 2));
    List<IndexedVector> vectors = persistence().indexFeed().vectors(ref, OTHER, null, 9);
    assertThat(vectors).hasSize(1);
    assertThat(vectors.getFirst().vector()).containsExactly(1, 2);
    assertThat(embeddings().lacking(BotKnowledge.MODEL, null, 9)).as("untouched").isEmpty();
  }

  @Test
  void whatIsErasedLacksNothingAndKeepsNothing() {
    BotKnowledge knowledge = BotKnowledge.in(persistence());
    VersionRef ref = knowledge.add("a.txt").ref();
    List<Chunk> chunks = knowledge.complete(ref, "one");
    persistence().documents().tombstone(knowledge.scope(), ref.source(), BotKnowledge.NOW);

    assertThat(embeddings().lacking(OTHER, null, 9)).isEmpty();
    assertThat(embeddings().lackingOf(ref, OTHER, 9)).isEmpty();
    assertThat(embeddings().coverage(OTHER)).isEqualTo(new Coverage(0, 0));
    persistence().ingestion().removeRows(knowledge.scope(), ref.source());
    embeddings().keep(OTHER, Map.of(chunks.getFirst().id(), new float[] {1, 2}));
    assertThat(persistence().erasures().inventory(knowledge.scope(), ref.source()).rows()).isZero();
  }

  @Test
  void aVectorOfAnotherLengthIsRefused() {
    BotKnowledge knowledge = BotKnowledge.in(persistence());
    List<Chunk> chunks = knowledge.complete(knowledge.add("a.txt").ref(), "one");

    assertThatThrownBy(
            () -> embeddings().keep(OTHER, Map.of(chunks.getFirst().id(), new float[] {1, 2, 3})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void housekeepingRemovesThoseOfModelsThatNoGenerationHas() {
    persistence()
        .generations()
        .servingOrCreate(() ->
            new Generation(
                new GenerationId(UUID.randomUUID()),
                BotKnowledge.MODEL,
                "embedded",
                Map.of(),
                Generation.State.SERVING,
                BotKnowledge.NOW));
    BotKnowledge knowledge = BotKnowledge.in(persistence());
    List<Chunk> chunks = knowledge.complete(knowledge.add("a.txt").ref(), "one", "two", "three");
    embeddings()
        .keep(
            OTHER,
            chunks.stream().collect(Collectors.toMap(Chunk::id, chunk -> new float[] {1, 2})));

    assertThat(persistence().housekeeping().removeUnusedEmbeddings(2)).isEqualTo(2);
    assertThat(persistence().housekeeping().removeUnusedEmbeddings(2)).isEqualTo(1);
    assertThat(persistence().housekeeping().removeUnusedEmbeddings(2)).isZero();

    assertThat(embeddings().coverage(OTHER)).isEqualTo(new Coverage(0, 3));
    assertThat(embeddings().coverage(BotKnowledge.MODEL)).isEqualTo(new Coverage(3, 3));
  }
}
