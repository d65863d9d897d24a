package io.parley.adapter.vectorstore.lucene;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.direction;
import static io.parley.testkit.vectorstore.SampleChunks.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.Scopes;
import io.parley.testkit.vectorstore.SampleChunks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.codecs.hnsw.HnswGraphProvider;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.hnsw.HnswGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** So many chunks that they are searched by the graph, where fewer are all compared. */
final class LuceneGraphTest {
  private static final int DIMENSION = 1_600;
  private static final int SOURCES = 27;
  private static final int CHUNKS_A_SOURCE = 100;
  private static final int QUESTIONS = 8;
  private static final Random RANDOM = new Random(25);
  private static final float[][] CENTRES =
      IntStream.range(0, 12).mapToObj(_ -> direction(DIMENSION, RANDOM)).toArray(float[][]::new);
  private static final float[][] ASKED =
      IntStream.range(0, QUESTIONS).mapToObj(_ -> near()).toArray(float[][]::new);
  private static final BotScope SCOPE = Scopes.fresh();
  private static final BotScope NEIGHBOUR = Scopes.neighbourOf(SCOPE);
  private static final List<IndexedVector> CHUNKS = chunks();

  @TempDir static Path directory;
  private static LuceneVectorStore store;

  @BeforeAll
  static void fill() {
    store = LuceneVectorStore.open(new LuceneVectorStoreConfig(directory, DIMENSION, 128));
    List<IndexedVector> all = new ArrayList<>(CHUNKS);
    for (int i = 0; i < QUESTIONS; i++) {
      all.add(SampleChunks.vector(attributes(NEIGHBOUR, ref(1_000)), i, ASKED[i]));
    }
    store.apply(List.of(new IndexChange.Add<>(all)), position(1));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static List<IndexedVector> chunks() {
    return IntStream.range(0, SOURCES * CHUNKS_A_SOURCE)
        .mapToObj(i -> {
          int source = i / CHUNKS_A_SOURCE;
          Metadata metadata = new Metadata(Map.of("source", source));
          return SampleChunks.vector(
              attributes(SCOPE, ref(source), metadata), i % CHUNKS_A_SOURCE, near());
        })
        .toList();
  }

  private static VersionRef ref(int source) {
    return new VersionRef(new SourceId(new UUID(9, source)), 1);
  }

  private static float[] near() {
    float[] centre = CENTRES[RANDOM.nextInt(CENTRES.length)];
    float[] vector = direction(DIMENSION, RANDOM);
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] += 2 * centre[i];
    }
    return vector;
  }

  /** How many of the truly nearest are found, on average. */
  private static double recall(int limit, int fromSource, Filter filter) {
    double found = 0;
    for (float[] question : ASKED) {
      Set<ChunkId> nearest = nearest(question, limit, fromSource);
      found +=
          store.search(SCOPE, question, limit, filter).stream()
              .filter(chunk -> nearest.contains(chunk.id()))
              .count();
    }
    return found / (QUESTIONS * limit);
  }

  private static Set<ChunkId> nearest(float[] question, int limit, int fromSource) {
    return CHUNKS.stream()
        .skip((long) fromSource * CHUNKS_A_SOURCE)
        .map(chunk -> new ScoredChunk(chunk.id(), cosine(question, chunk.vector())))
        .sorted(ScoredChunk.BEST_FIRST)
        .limit(limit)
        .map(ScoredChunk::id)
        .collect(Collectors.toSet());
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      ofA += (double) a[i] * a[i];
      ofB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(ofA * ofB);
  }

  @Test
  void findsMostOfTheNearestHoweverManyAreWanted() {
    assertThat(recall(10, 0, Filter.NONE)).isGreaterThan(0.9);
    assertThat(recall(60, 0, Filter.NONE)).isGreaterThan(0.9);
  }

  @Test
  void findsMostOfTheNearestThatPassAFilterAndNothingElse() {
    Filter butTheFirst =
        new Filter.Compared(
            new FilterField.InMetadata("source"),
            Filter.Relation.GREATER,
            new FilterValue.Decimal(0));

    assertThat(recall(10, 1, butTheFirst)).isGreaterThan(0.9);
    for (float[] question : ASKED) {
      assertThat(store.search(SCOPE, question, 60, butTheFirst))
          .hasSize(60)
          .extracting(ScoredChunk::id)
          .doesNotContainAnyElementsOf(ids(CHUNKS.subList(0, CHUNKS_A_SOURCE)));
    }
  }

  @Test
  void findsNothingOfAnotherBotThoughItWereTheNearest() {
    Set<ChunkId> own = ids(CHUNKS);
    for (float[] question : ASKED) {
      assertThat(store.search(SCOPE, question, 60, Filter.NONE))
          .hasSize(60)
          .allSatisfy(found -> assertThat(own).contains(found.id()));
    }
  }

  private static Set<ChunkId> ids(List<IndexedVector> chunks) {
    return chunks.stream().map(IndexedVector::id).collect(Collectors.toSet());
  }

  @Test
  void onlyASegmentOfManyChunksHasAGraph(@TempDir Path other) throws IOException {
    try (LuceneVectorStore few = LuceneVectorStore.open(new LuceneVectorStoreConfig(other, 8))) {
      List<IndexedVector> some =
          IntStream.range(0, 800)
              .mapToObj(
                  i -> SampleChunks.vector(attributes(SCOPE, ref(i)), 0, direction(8, RANDOM)))
              .toList();
      few.apply(List.of(new IndexChange.Add<>(some)), position(1));
    }

    assertThat(nodes(directory)).isEqualTo(CHUNKS.size() + QUESTIONS);
    assertThat(nodes(other)).isZero();
  }

  /** How many vectors stand in graphs. */
  private static int nodes(Path index) throws IOException {
    int nodes = 0;
    try (FSDirectory files = FSDirectory.open(index);
        DirectoryReader reader = DirectoryReader.open(files)) {
      for (var leaf : reader.leaves()) {
        var fields =
            (PerFieldKnnVectorsFormat.FieldsReader) ((CodecReader) leaf.reader()).getVectorReader();
        var vectors = (HnswGraphProvider) fields.getFieldReader(VectorRecipe.VECTOR);
        HnswGraph graph = vectors.getGraph(VectorRecipe.VECTOR);
        nodes += graph == null ? 0 : graph.size();
      }
    }
    return nodes;
  }
}
