package io.parley.benchmarks;

import io.parley.adapter.vectorstore.lucene.LuceneVectorStore;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One bot's seeded chunks, as many sources of fifty, and questions near them. */
final class VectorCorpus {

  private static final int CHUNKS_A_SOURCE = 50;
  private static final int BATCH = 500;

  private final int size;
  private final float[][] vectors;
  private final float[][] questions;
  private final BotScope scope;

  VectorCorpus(int size, int dimension, int questions) {
    this.size = size;
    SampleVectors samples = new SampleVectors(dimension, 42);
    this.vectors = IntStream.range(0, size).mapToObj(_ -> samples.next()).toArray(float[][]::new);
    this.questions =
        IntStream.range(0, questions).mapToObj(_ -> samples.next()).toArray(float[][]::new);
    this.scope = scope();
  }

  BotScope scopeOfBot() {
    return scope;
  }

  float[][] questions() {
    return questions;
  }

  /** A filter that about so many per cent of the sources pass. */
  static Filter passing(int percent) {
    return percent == 100
        ? Filter.NONE
        : new Filter.Compared(
            new FilterField.InMetadata("share"),
            Filter.Relation.LESS,
            new FilterValue.Decimal(percent));
  }

  /** Writes everything in batches, as ingestion does. */
  void fill(LuceneVectorStore store) {
    for (int from = 0; from < size; from += BATCH) {
      List<IndexedVector> batch = new ArrayList<>(BATCH);
      for (int i = from; i < Math.min(size, from + BATCH); i++) {
        batch.add(new IndexedVector(id(i), attributes(i), vectors[i]));
      }
      store.apply(
          List.of(new IndexChange.Add<>(batch)), new LogPosition(from + 1, new UUID(7, from)));
    }
  }

  /** How many of the truly nearest were found, 0–1. */
  double recall(float[] question, int percent, List<ScoredChunk> found) {
    Map<ChunkId, Double> all = new HashMap<>();
    for (int i = 0; i < size; i++) {
      if (share(i) < percent) {
        all.put(id(i), product(question, vectors[i]));
      }
    }
    Set<ChunkId> nearest =
        all.entrySet().stream()
            .map(entry -> new ScoredChunk(entry.getKey(), entry.getValue()))
            .sorted(ScoredChunk.BEST_FIRST)
            .limit(found.size())
            .map(ScoredChunk::id)
            .collect(Collectors.toSet());
    return (double) found.stream().filter(chunk -> nearest.contains(chunk.id())).count()
        / found.size();
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static VersionRef source(int chunk) {
    return new VersionRef(new SourceId(new UUID(3, chunk / CHUNKS_A_SOURCE)), 1);
  }

  private static int share(int chunk) {
    return Math.floorMod(chunk / CHUNKS_A_SOURCE * 37, 100);
  }

  private static ChunkId id(int chunk) {
    return ChunkId.of(source(chunk), chunk % CHUNKS_A_SOURCE);
  }

  private ChunkAttributes attributes(int chunk) {
    return new ChunkAttributes(
        scope.tenant(),
        scope.bot(),
        source(chunk),
        SourceType.DOCUMENT,
        "application/pdf",
        Instant.ofEpochSecond(1_700_000_000L + chunk / CHUNKS_A_SOURCE),
        "en",
        new Metadata(Map.of("share", share(chunk))));
  }

  private static BotScope scope() {
    TenantId tenant = new TenantId(new UUID(1, 1));
    UserId owner = new UserId(new UUID(1, 2));
    BotId bot = new BotId(new UUID(1, 3));
    var decision =
        Access.check(
            Actor.Person.of(tenant, owner, false),
            new BotGrant(bot, tenant, owner, false),
            Permission.ASK);
    if (decision instanceof Access.Decision.Granted(BotScope granted)) {
      return granted;
    }
    throw new IllegalStateException("An owner may ask.");
  }
}
