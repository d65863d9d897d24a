package io.parley.application.conversation;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.Portion;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An index that knows no walls and forgets nothing: what it held when made, it returns for ever,
 * and says that it lacks nothing.
 */
final class EvilIndex implements VectorStore {
  private final List<ScoredChunk> all;
  private final Supplier<Optional<LogPosition>> position;

  EvilIndex(VectorStore store, List<BotScope> scopes, Supplier<Optional<LogPosition>> position) {
    this.position = position;
    float[] any = new float[64];
    any[0] = 1;
    List<ScoredChunk> held =
        new ArrayList<>(List.of(new ScoredChunk(new ChunkId(new UUID(6, 6)), 1)));
    scopes.forEach(scope -> held.addAll(store.search(scope, any, 100, Filter.NONE)));
    all = held.stream().map(c -> new ScoredChunk(c.id(), 1)).toList();
  }

  List<ScoredChunk> returned() {
    return all;
  }

  @Override
  public List<ScoredChunk> search(BotScope scope, float[] query, int limit, Filter filter) {
    return Stream.concat(all.stream(), all.stream()).toList();
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public Optional<LogPosition> position() {
    return position.get();
  }

  @Override
  public void apply(List<IndexChange<IndexedVector>> changes, LogPosition upTo) {}

  @Override
  public void startOver() {}

  @Override
  public void drop() {}

  @Override
  public long count() {
    return all.size();
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
  public Set<ChunkId> chunksOf(SourceId source) {
    return Set.of();
  }

  @Override
  public Portion<ChunkId> chunks(@Nullable String from, int limit) {
    return new Portion<>(List.of(), null);
  }

  @Override
  public Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
    return Map.of();
  }

  @Override
  public boolean verify() {
    return true;
  }

  @Override
  public void close() {}
}
