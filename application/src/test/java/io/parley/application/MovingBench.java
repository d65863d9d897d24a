package io.parley.application;

import io.parley.application.retrieval.GenerationAdapters;
import io.parley.application.retrieval.GenerationProgress;
import io.parley.application.retrieval.MoveKnowledge.Result;
import io.parley.application.retrieval.SearchQuery;
import io.parley.application.retrieval.ServingGeneration;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.SearchHit;
import io.parley.domain.retrieval.SearchMode;
import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.vectorstore.InMemoryKeywordIndex;
import io.parley.testkit.vectorstore.InMemoryVectorStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bench with two models and as many stores as are asked for; both outlive a Parley. The models
 * are wide enough that no two ships look the same to them.
 */
final class MovingBench implements GenerationAdapters {
  static final EmbeddingModel SMALL = new EmbeddingModel("test", "small", 512);
  static final EmbeddingModel LARGE = new EmbeddingModel("test", "large", 768);
  static final String STORE = "embedded";

  final Bench bench;
  final StagedEmbedder small = new StagedEmbedder(new HashingEmbedder(SMALL));
  final StagedEmbedder large = new StagedEmbedder(new HashingEmbedder(LARGE));
  final Map<GenerationId, InMemoryVectorStore> stores = new ConcurrentHashMap<>();
  private final Map<GenerationId, InMemoryVectorStore> all;
  private final String server;
  private final KeywordIndex words = new InMemoryKeywordIndex();
  boolean shared;

  /** How far this server's clock is ahead. */
  volatile Duration ahead = Duration.ZERO;

  MovingBench() {
    this(new Bench(), "first", new ConcurrentHashMap<>());
  }

  /** Another server on the same database; it has words of its own, and vectors unless shared. */
  MovingBench neighbour() {
    return new MovingBench(bench, "second", all);
  }

  private MovingBench(Bench bench, String server, Map<GenerationId, InMemoryVectorStore> all) {
    this.bench = bench;
    this.server = server;
    this.all = all;
    new ServingGeneration(bench.database.generations(), IdSource.random(), InstantSource.system())
        .servingOrFirst(SMALL, STORE, _ -> Map.of());
  }

  @Override
  public VectorStore store(Generation generation) {
    int dimension = generation.model().dimension();
    return shared
        ? all.computeIfAbsent(generation.id(), _ -> InMemoryVectorStore.sharedByServers(dimension))
        : stores.computeIfAbsent(generation.id(), _ -> new InMemoryVectorStore(dimension));
  }

  @Override
  public Embedder embedder(EmbeddingModel model) {
    return model.equals(SMALL) ? small : large;
  }

  /** As after a restart. */
  Parley start() {
    return bench
        .parley(SpeakingModel.quoting())
        .keywordIndex(words)
        .serverId(server)
        .clock(() -> Instant.now().truncatedTo(ChronoUnit.MICROS).plus(ahead))
        .generations(this)
        .build()
        .start();
  }

  static Result move(Parley parley, EmbeddingModel model) {
    return parley.moveKnowledge().to(model, STORE, _ -> Map.of());
  }

  /** One document a ship, each with two chunks that share no number with another one. */
  List<SourceId> add(Parley parley, int from, int to) {
    List<SourceId> added = new ArrayList<>();
    for (int ship = from; ship < to; ship++) {
      String text = sails(ship) + "\nThe master of ship" + ship + " rests in harbour" + ship + ".";
      added.add(
          Bench.accepted(
                  parley
                      .documents()
                      .upload()
                      .upload(bench.scope, Bench.file("ship" + ship + ".txt", text)))
              .id());
    }
    return added;
  }

  private static String sails(int ship) {
    return "The vessel ship" + ship + " sails at hour" + ship + ".";
  }

  void complete(List<SourceId> ids) throws InterruptedException {
    Bench.until(
        () -> ids.stream().allMatch(id -> bench.document(id).status() == DocumentStatus.COMPLETE));
  }

  /** Whether what is asked for is the best hit by meaning alone, which no words can make good. */
  boolean finds(Parley parley, int ship) {
    List<SearchHit> hits =
        parley
            .searchKnowledge()
            .search(bench.scope, new SearchQuery(sails(ship), 3, SearchMode.VECTOR, Filter.NONE));
    return !hits.isEmpty() && hits.getFirst().found().chunk().content().equals(sails(ship));
  }

  static boolean serves(Parley parley, EmbeddingModel model) {
    return parley.generation().model().equals(model);
  }

  InMemoryVectorStore storeOf(EmbeddingModel model) {
    return (shared ? all : stores).get(generation(model).id());
  }

  Generation generation(EmbeddingModel model) {
    return bench.database.generations().all().stream()
        .filter(each -> each.model().equals(model))
        .findFirst()
        .orElseThrow();
  }

  static GenerationProgress progress(Parley parley, EmbeddingModel model) {
    return parley.moveKnowledge().progress().stream()
        .filter(each -> each.generation().model().equals(model))
        .findFirst()
        .orElseThrow();
  }
}
