package io.parley.application.retrieval;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import io.parley.application.Bench;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.Fusion;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.SearchHit;
import io.parley.domain.retrieval.SearchMode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchKnowledgeTest {
  private static final SourceId SOURCE = new SourceId(new UUID(4, 1));

  private final Bench bench = new Bench();

  @Test
  void aReplacementBetweenTheIndexesAndTheDatabaseIsFoundByAnotherLook() {
    Database database = new Database(2, () -> hold(2));
    hold(1);
    assertThat(search(database)).containsExactly("sails at 2");
    assertThat(database.reads).isEqualTo(2);
  }

  @Test
  void whatIsStaleForLongerCostsOneMoreLook() {
    Database database = new Database(2, () -> {});
    hold(1);
    assertThat(search(database)).isEmpty();
    assertThat(database.reads).isEqualTo(2);
  }

  @Test
  void aLargeVersionThatDoesNotServeYetDoesNotCrowdOutTheOneThatDoes() {
    hold(1);
    crowd(new VersionRef(SOURCE, 2), 450);
    Database database = new Database(1, () -> {});
    assertThat(search(database)).containsExactly("sails at 1");
    assertThat(database.reads).as("bounded").isLessThanOrEqualTo(4);
  }

  @Test
  void aSourceThatDoesNotServeYetCrowdsNothingOutHoweverLargeItIs() {
    hold(1);
    VersionRef next = new VersionRef(new SourceId(new UUID(4, 2)), 1);
    crowd(next, 5_000);
    Database database = new Database(1, () -> {});
    assertThat(search(database)).isEmpty();

    database.unserved.add(next.source());
    assertThat(search(database)).containsExactly("sails at 1");
  }

  @Test
  void whatCannotBeShownMovesNoScore() {
    hold(1);
    double alone = hits(new Database(1, () -> {})).getFirst().score();
    crowd(new VersionRef(SOURCE, 2), 50);
    assertThat(hits(new Database(1, () -> {})).getFirst().score()).isEqualTo(alone);
  }

  /** Chunks that the database does not show, each of which is a better hit. */
  private void crowd(VersionRef ref, int many) {
    List<IndexedWords> better =
        IntStream.range(0, many)
            .mapToObj(i ->
                new IndexedWords(ChunkId.of(ref, i), attributes(ref), "sails sails sails", null))
            .toList();
    bench.words.apply(List.of(new IndexChange.Add<>(better)), new LogPosition(2, new UUID(5, 2)));
  }

  @Test
  void aHitHasItsCosineOnlyWhenTheSearchByMeaningFoundIt() {
    hold(1);
    assertThat(hits(new Database(1, () -> {}))).extracting(SearchHit::cosine).containsOnlyNulls();
    VersionRef ref = new VersionRef(SOURCE, 1);
    float[] vector = bench.embedder.embedPassages(List.of("sails")).getFirst();
    bench.vectors.apply(
        List.of(
            new IndexChange.Add<>(
                List.of(new IndexedVector(ChunkId.of(ref, 0), attributes(ref), vector)))),
        new LogPosition(2, new UUID(5, 2)));
    assertThat(hits(new Database(1, () -> {})))
        .singleElement()
        .extracting(SearchHit::cosine, as(DOUBLE))
        .isCloseTo(1, within(1e-5));
  }

  private List<String> search(ChunkRepository database) {
    return hits(database).stream().map(hit -> hit.found().chunk().content()).toList();
  }

  private List<SearchHit> hits(ChunkRepository database) {
    return new SearchKnowledge(
            bench.embedder, bench.vectors, bench.words, database, Fusion.BALANCED)
        .search(bench.scope, new SearchQuery("sails", 5, SearchMode.HYBRID, Filter.NONE));
  }

  private ChunkAttributes attributes(VersionRef ref) {
    return new ChunkAttributes(
        bench.scope.tenant(),
        bench.scope.bot(),
        ref,
        SourceType.DOCUMENT,
        "text/plain",
        Instant.EPOCH,
        null,
        Metadata.EMPTY);
  }

  private void hold(int version) {
    VersionRef ref = new VersionRef(SOURCE, version);
    bench.words.apply(
        List.of(
            new IndexChange.Add<>(
                List.of(
                    new IndexedWords(
                        ChunkId.of(ref, 0), attributes(ref), "sails at " + version, null)))),
        new LogPosition(version, new UUID(5, version)));
  }

  /** Shows one version only; something happens before its first answer. */
  private static final class Database implements ChunkRepository {
    private final int serving;
    private final Runnable beforeFirst;
    final Set<SourceId> unserved = new HashSet<>();
    int reads;

    Database(int serving, Runnable beforeFirst) {
      this.serving = serving;
      this.beforeFirst = beforeFirst;
    }

    @Override
    public Map<ChunkId, FoundChunk> find(BotScope scope, Collection<ChunkId> ids) {
      if (reads++ == 0) {
        beforeFirst.run();
      }
      VersionRef ref = new VersionRef(SOURCE, serving);
      String text = "sails at " + serving;
      Chunk chunk =
          new Chunk(ChunkId.of(ref, 0), ref, 0, 1, new TextSpan(0, text.length()), null, text);
      Map<ChunkId, FoundChunk> found = new HashMap<>();
      if (ids.contains(chunk.id())) {
        found.put(
            chunk.id(),
            new FoundChunk(
                chunk, SourceType.DOCUMENT, new DocumentName("a.txt"), null, Metadata.EMPTY));
      }
      return found;
    }

    @Override
    public Set<SourceId> unserved(BotScope scope, Collection<ChunkId> ids) {
      return unserved;
    }

    @Override
    public Map<ChunkId, FoundChunk> findCited(BotScope scope, Collection<ChunkId> ids) {
      return find(scope, ids);
    }
  }
}
