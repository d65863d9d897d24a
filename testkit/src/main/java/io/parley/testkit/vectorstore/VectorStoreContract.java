package io.parley.testkit.vectorstore;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.direction;
import static io.parley.testkit.vectorstore.SampleChunks.newVersion;
import static io.parley.testkit.vectorstore.SampleChunks.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every vector store does. */
public abstract class VectorStoreContract extends FilterContract<IndexedVector, VectorStore> {

  /** Numbers in the vectors of the store under test. */
  protected static final int DIMENSION = 8;

  private static final float[] QUERY = {1, 2, 3, 4, 5, 6, 7, 8};

  /** Opens an empty store of the dimension. */
  protected abstract VectorStore openEmpty(int dimension) throws Exception;

  @Override
  protected final VectorStore openEmpty() throws Exception {
    return openEmpty(DIMENSION);
  }

  @Override
  protected final IndexedVector chunk(ChunkAttributes attributes, int ordinal) {
    return vector(attributes, ordinal, direction(DIMENSION, new Random(ordinal)));
  }

  @Override
  protected final List<ScoredChunk> search(BotScope scope, int limit, Filter filter) {
    return index.search(scope, QUERY, limit, filter);
  }

  private IndexedVector at(VersionRef ref, int ordinal, float... firstTwo) {
    float[] vector = new float[DIMENSION];
    System.arraycopy(firstTwo, 0, vector, 0, firstTwo.length);
    return vector(attributes(scope, ref), ordinal, vector);
  }

  private static void assertRejected(ThrowingCallable call) {
    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(call)
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(PortFailure.Kind.CORRUPT_DATA));
  }

  @Test
  void scoresAreCosinesWhateverTheLengths() {
    VersionRef ref = newVersion();
    add(1, List.of(at(ref, 0, 10, 0), at(ref, 1, 0.1f, 0.1f), at(ref, 2, 0, 1), at(ref, 3, -2)));
    float[] query = new float[DIMENSION];
    query[0] = 3;

    List<ScoredChunk> found = index.search(scope, query, 10, Filter.NONE);

    assertThat(found)
        .extracting(ScoredChunk::id)
        .containsExactly(
            ChunkId.of(ref, 0), ChunkId.of(ref, 1), ChunkId.of(ref, 2), ChunkId.of(ref, 3));
    double[] cosines = {1, Math.sqrt(0.5), 0, -1};
    for (int i = 0; i < cosines.length; i++) {
      assertThat(found.get(i).score()).isCloseTo(cosines[i], within(1e-4)).isBetween(-1.0, 1.0);
    }
  }

  @Test
  void theNearestAreFoundInTheirOrder() {
    Random random = new Random(5);
    VersionRef ref = newVersion();
    List<IndexedVector> chunks = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      chunks.add(vector(attributes(scope, ref), i, direction(DIMENSION, random)));
    }
    add(1, chunks);
    List<ChunkId> nearest =
        chunks.stream()
            .map(c -> new ScoredChunk(c.id(), InMemoryVectorStore.cosine(QUERY, c.vector())))
            .sorted(ScoredChunk.BEST_FIRST)
            .limit(10)
            .map(ScoredChunk::id)
            .toList();

    assertThat(search(scope, 10, Filter.NONE))
        .extracting(ScoredChunk::id)
        .containsExactlyElementsOf(nearest);
  }

  @Test
  void equalScoresComeInTheOrderOfTheirIds() {
    VersionRef ref = newVersion();
    List<IndexedVector> same = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      same.add(at(ref, i, 1, 1));
    }
    add(1, same);
    List<ChunkId> first = same.stream().map(IndexedVector::id).sorted().limit(7).toList();

    assertThat(search(scope, 7, Filter.NONE))
        .extracting(ScoredChunk::id)
        .containsExactlyElementsOf(first);
  }

  @Test
  void aFilterDoesNotCostResults() {
    List<IndexedVector> chunks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Metadata metadata = new Metadata(Map.of("wanted", i % 25 == 0));
      chunks.add(chunk(attributes(scope, newVersion(), metadata), i));
    }
    add(1, chunks);
    Filter wanted =
        new Filter.Equal(new FilterField.InMetadata("wanted"), new FilterValue.Truth(true));

    assertThat(search(scope, 10, wanted)).hasSize(10);
    assertThat(search(scope, 20, wanted)).hasSize(12);
  }

  @Test
  void vectorsThatCannotBeRightAreRefusedBeforeAnythingIsWritten() {
    add(1, List.of(at(newVersion(), 0, 1)));
    float[][] wrong = {
      new float[DIMENSION],
      new float[DIMENSION - 1],
      new float[DIMENSION + 1],
      {1, 2, 3, 4, 5, 6, 7, Float.NaN},
      {1, 2, 3, 4, 5, 6, 7, Float.POSITIVE_INFINITY}
    };

    for (float[] vector : wrong) {
      VersionRef ref = newVersion();
      List<IndexChange<IndexedVector>> changes =
          List.of(
              new IndexChange.Add<>(List.of(at(ref, 0, 1))),
              new IndexChange.Add<>(List.of(vector(attributes(scope, ref), 1, vector))));
      assertRejected(() -> index.apply(changes, SampleChunks.position(2)));
      assertRejected(() -> index.search(scope, vector, 10, Filter.NONE));
    }

    assertThat(index.count()).isEqualTo(1);
    index
        .position()
        .ifPresent(position -> assertThat(position).isEqualTo(SampleChunks.position(1)));
  }

  @Test
  void extremeNumbersHaveADirectionToo() {
    VersionRef ref = newVersion();
    add(1, List.of(at(ref, 0, 3e38f, 3e38f), at(ref, 1, 1e-30f, -1e-30f)));
    float[] query = new float[DIMENSION];
    query[0] = 1e30f;
    query[1] = 1e30f;

    assertThat(index.search(scope, query, 2, Filter.NONE))
        .extracting(found -> Math.round(found.score() * 1000))
        .containsExactly(1000L, 0L);
  }

  @Test
  void aDroppedIndexIsGoneWithAllThatItHeld() {
    add(1, List.of(at(newVersion(), 0, 1)));

    index.drop();

    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(() -> search(scope, 10, Filter.NONE))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(PortFailure.Kind.UNAVAILABLE));
    assertThatCode(index::drop).doesNotThrowAnyException();
  }

  @Test
  void threeThousandDimensionsFit() throws Exception {
    try (VectorStore wide = openEmpty(3072)) {
      VersionRef ref = newVersion();
      float[] vector = direction(3072, new Random(1));
      wide.apply(
          List.of(new IndexChange.Add<>(List.of(vector(attributes(scope, ref), 0, vector)))),
          SampleChunks.position(1));

      List<ScoredChunk> found = wide.search(scope, vector, 1, Filter.NONE);

      assertThat(found).hasSize(1);
      assertThat(found.getFirst().score()).isCloseTo(1, within(1e-4));
    }
  }
}
