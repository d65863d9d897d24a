package io.parley.testkit.vectorstore;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.Portion;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.IndexFollower;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chunks in a map that nobody changes: a change makes another one. */
abstract class InMemoryIndex<C> implements IndexFollower<C> {

  private record State<C>(Map<ChunkId, C> chunks, LogPosition position) {}

  private volatile State<C> state = new State<>(Map.of(), LogPosition.START);

  abstract ChunkId idOf(C chunk);

  abstract ChunkAttributes attributesOf(C chunk);

  /** Refuses what cannot be right. */
  abstract void check(C chunk);

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public Optional<LogPosition> position() {
    return Optional.of(state.position());
  }

  @Override
  public synchronized void apply(List<IndexChange<C>> changes, LogPosition upTo) {
    Map<ChunkId, C> chunks = new HashMap<>(state.chunks());
    changes.forEach(change -> apply(chunks, change));
    state = new State<>(Map.copyOf(chunks), upTo);
  }

  private void apply(Map<ChunkId, C> chunks, IndexChange<C> change) {
    switch (change) {
      case IndexChange.Add<C> add ->
          add.chunks()
              .forEach(chunk -> {
                check(chunk);
                chunks.put(idOf(chunk), chunk);
              });
      case IndexChange.RemoveVersion<C> gone ->
          chunks.values().removeIf(chunk -> attributesOf(chunk).ref().equals(gone.ref()));
      case IndexChange.RemoveSource<C> gone ->
          chunks.values().removeIf(chunk -> isOf(chunk, gone.source()));
      case IndexChange.RemoveChunks<C> gone -> gone.chunks().forEach(chunks::remove);
    }
  }

  @Override
  public synchronized void startOver() {
    state = new State<>(Map.of(), LogPosition.START);
  }

  @Override
  public long count() {
    return state.chunks().size();
  }

  @Override
  public Set<ChunkId> chunksOf(SourceId source) {
    return state.chunks().values().stream()
        .filter(chunk -> isOf(chunk, source))
        .map(this::idOf)
        .collect(Collectors.toSet());
  }

  @Override
  public Portion<ChunkId> chunks(@Nullable String from, int limit) {
    List<ChunkId> some =
        state.chunks().keySet().stream()
            .sorted(Comparator.comparing(ChunkId::toString))
            .filter(id -> from == null || id.toString().compareTo(from) > 0)
            .limit(limit)
            .toList();
    return new Portion<>(some, some.size() < limit ? null : some.getLast().toString());
  }

  @Override
  public Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    Map<ChunkId, C> chunks = state.chunks();
    return ids.stream()
        .distinct()
        .filter(chunks::containsKey)
        .collect(Collectors.toMap(id -> id, id -> 1));
  }

  /** Memory has no checksums. */
  @Override
  public boolean verify() {
    return true;
  }

  @Override
  public boolean purge() {
    return true;
  }

  @Override
  public Set<Retained> retained() {
    return Set.of();
  }

  @Override
  public void close() {
    // Nothing is held but memory.
  }

  /** The best chunks of the scope that pass the filter and have a score above the least. */
  List<ScoredChunk> best(
      BotScope scope, int limit, Filter filter, double least, ToDoubleFunction<C> score) {
    scope.require(Permission.ASK);
    if (limit < 1 || limit > 1_000) {
      throw new IllegalArgumentException("A search gives 1 to 1,000 chunks: " + limit);
    }
    return state.chunks().values().stream()
        .filter(chunk -> isIn(attributesOf(chunk), scope))
        .filter(chunk -> FilterEvaluation.passes(attributesOf(chunk), filter))
        .map(chunk -> new ScoredChunk(idOf(chunk), score.applyAsDouble(chunk)))
        .filter(chunk -> chunk.score() > least)
        .sorted(ScoredChunk.BEST_FIRST)
        .limit(limit)
        .toList();
  }

  private static boolean isIn(ChunkAttributes attributes, BotScope scope) {
    return attributes.tenant().equals(scope.tenant()) && attributes.bot().equals(scope.bot());
  }

  private boolean isOf(C chunk, SourceId source) {
    return attributesOf(chunk).ref().source().equals(source);
  }
}
