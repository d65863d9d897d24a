package io.parley.application.check;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.IdSource;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.IndexedVector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Vectors of random directions, of a few sources, every fifth of which is marked. */
final class SampleVectors {
  static final String FIELD = "marked";

  private static final int SOURCES = 10;
  private static final int MARKED = 5;
  private static final Instant UPLOADED = Instant.parse("2026-01-02T03:04:05.006Z");

  private final BotScope scope;
  private final int dimension;
  private final List<VersionRef> refs;

  SampleVectors(BotScope scope, int dimension, IdSource ids) {
    this.scope = scope;
    this.dimension = dimension;
    this.refs =
        IntStream.range(0, SOURCES)
            .mapToObj(_ -> new VersionRef(new SourceId(ids.next()), 1))
            .toList();
  }

  BotScope scope() {
    return scope;
  }

  List<IndexedVector> first(int count) {
    return IntStream.range(0, count).mapToObj(this::at).toList();
  }

  IndexedVector at(int i) {
    return new IndexedVector(id(i), attributes(i), direction(i, dimension));
  }

  /** One number too many. */
  IndexedVector longer() {
    return new IndexedVector(id(-1), attributes(0), direction(-1, dimension + 1));
  }

  Set<ChunkId> ids(int count) {
    return which(count, _ -> true);
  }

  Set<ChunkId> marked(int count) {
    return which(count, SampleVectors::isMarked);
  }

  /** Those of the same source as the one at that place. */
  Set<ChunkId> ofSource(int count, int place) {
    return which(count, i -> i % SOURCES == place % SOURCES);
  }

  private Set<ChunkId> which(int count, IntPredicate wanted) {
    return IntStream.range(0, count).filter(wanted).mapToObj(this::id).collect(Collectors.toSet());
  }

  private static boolean isMarked(int i) {
    return i % SOURCES % MARKED == 0;
  }

  private ChunkId id(int i) {
    return i < 0
        ? ChunkId.of(refs.getFirst(), 1_000_000)
        : ChunkId.of(refs.get(i % SOURCES), i / SOURCES);
  }

  private ChunkAttributes attributes(int i) {
    return new ChunkAttributes(
        scope.tenant(),
        scope.bot(),
        refs.get(i % SOURCES),
        SourceType.DOCUMENT,
        "text/plain",
        UPLOADED,
        "en",
        new Metadata(Map.of(FIELD, isMarked(i))));
  }

  /** The same for the same place. */
  private static float[] direction(int seed, int dimension) {
    Random random = new Random(seed);
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
