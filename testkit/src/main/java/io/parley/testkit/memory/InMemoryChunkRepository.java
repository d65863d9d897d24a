package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.retrieval.FoundChunk;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chunks in memory, as far as they may be shown. */
final class InMemoryChunkRepository implements ChunkRepository {

  private final InMemoryKnowledge knowledge;

  InMemoryChunkRepository(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public Map<ChunkId, FoundChunk> find(BotScope scope, Collection<ChunkId> ids) {
    return find(scope, ids, (version, serving) -> version.ref().version() == serving);
  }

  @Override
  public Set<SourceId> unserved(BotScope scope, Collection<ChunkId> ids) {
    check(scope, ids);
    return knowledge.database.inTransaction(() ->
        ids.stream()
            .flatMap(id -> knowledge.chunks.get(id).stream())
            .flatMap(chunk -> knowledge.source(scope, chunk.ref().source()).stream())
            .filter(source -> source.serving() == null || !knowledge.isVisible(source))
            .map(KeptSource::id)
            .collect(Collectors.toSet()));
  }

  private static void check(BotScope scope, Collection<ChunkId> ids) {
    scope.require(Permission.ASK);
    if (ids.size() > 1_000) {
      throw new IllegalArgumentException("At most 1,000 chunks at once.");
    }
  }

  @Override
  public Map<ChunkId, FoundChunk> findCited(BotScope scope, Collection<ChunkId> ids) {
    return find(
        scope,
        ids,
        (version, serving) ->
            version.ref().version() <= serving && version.status() == DocumentStatus.COMPLETE);
  }

  private Map<ChunkId, FoundChunk> find(
      BotScope scope, Collection<ChunkId> ids, BiPredicate<KeptVersion, Integer> shown) {
    check(scope, ids);
    return knowledge.database.inTransaction(() -> {
      Map<ChunkId, FoundChunk> found = new LinkedHashMap<>();
      for (ChunkId id : ids) {
        find(scope, id, shown).ifPresent(chunk -> found.put(id, chunk));
      }
      return found;
    });
  }

  private Optional<FoundChunk> find(
      BotScope scope, ChunkId id, BiPredicate<KeptVersion, Integer> shown) {
    return knowledge
        .chunks
        .get(id)
        .flatMap(chunk ->
            knowledge
                .visible(scope, chunk.ref().source())
                .filter(source -> isShown(source, chunk, shown))
                .map(source -> found(source, chunk)));
  }

  private boolean isShown(KeptSource source, Chunk chunk, BiPredicate<KeptVersion, Integer> shown) {
    Integer serving = source.serving();
    return serving != null
        && knowledge.versions.get(chunk.ref()).filter(v -> shown.test(v, serving)).isPresent();
  }

  private FoundChunk found(KeptSource source, Chunk chunk) {
    KeptVersion version = knowledge.versions.get(chunk.ref()).orElseThrow();
    return new FoundChunk(
        chunk, source.type(), version.content().name(), label(chunk), version.content().metadata());
  }

  private @Nullable String label(Chunk chunk) {
    return knowledge
        .pages
        .get(new InMemoryKnowledge.Page(chunk.ref(), chunk.page()))
        .map(PageText::label)
        .orElse(null);
  }
}
