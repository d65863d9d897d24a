package io.parley.application.retrieval;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.Fusion;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.domain.retrieval.SearchHit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * Finds chunks by meaning and by words at once, and reads them from the database in the scope: what
 * an index returns that is stale, foreign or erased is not in the answer.
 */
public final class SearchKnowledge {
  /** Each arm is asked for more than is wanted: fusion needs depth, and some may be stale. */
  private static final int DEPTH = 60;

  /**
   * A version may stop serving after the indexes were asked and before its chunks are read; the one
   * that serves instead is in the indexes by then. What is stale for longer is not worth a look.
   */
  private static final int LOOKS_AGAIN = 3;

  private final Embedder embedder;
  private final VectorStore vectors;
  private final KeywordIndex words;
  private final ChunkRepository chunks;
  private final Fusion fusion;

  /**
   * What one look at the indexes gave.
   *
   * @param unread what the indexes hold and the database does not show
   */
  private record Look(List<SearchHit> hits, Set<ChunkId> unread) {}

  public SearchKnowledge(
      Embedder embedder,
      VectorStore vectors,
      KeywordIndex words,
      ChunkRepository chunks,
      Fusion fusion) {
    this.embedder = embedder;
    this.vectors = vectors;
    this.words = words;
    this.chunks = chunks;
    this.fusion = fusion;
  }

  /** Best first, at most as many as asked for. Needs {@code ASK}. */
  public List<SearchHit> search(BotScope scope, SearchQuery query) {
    scope.require(Permission.ASK);
    Look look = look(scope, query);
    boolean settled = look.unread().isEmpty();
    for (int more = 0; more < LOOKS_AGAIN && !settled; more++) {
      Look again = look(scope, query);
      settled = again.unread().isEmpty() || again.unread().equals(look.unread());
      look = again;
    }
    return look.hits().stream().limit(query.limit()).toList();
  }

  private Look look(BotScope scope, SearchQuery query) {
    int depth = Math.max(DEPTH, query.limit() * 2);
    List<ScoredChunk> ranked = rank(scope, query, depth);
    Set<ChunkId> unread = ranked.stream().map(ScoredChunk::id).collect(Collectors.toSet());
    Map<ChunkId, FoundChunk> readable = chunks.find(scope, unread);
    unread.removeAll(readable.keySet());
    List<SearchHit> hits =
        ranked.stream().flatMap(scored -> hit(readable, scored).stream()).toList();
    return new Look(hits, unread);
  }

  private static Optional<SearchHit> hit(Map<ChunkId, FoundChunk> readable, ScoredChunk scored) {
    return Optional.ofNullable(readable.get(scored.id()))
        .map(found -> new SearchHit(found, scored.score()));
  }

  private List<ScoredChunk> rank(BotScope scope, SearchQuery query, int depth) {
    return switch (query.mode()) {
      case KEYWORD -> fusion.fuse(List.of(), byWords(scope, query, depth), depth);
      case VECTOR -> fusion.fuse(byMeaning(scope, query, depth), List.of(), depth);
      case HYBRID -> hybrid(scope, query, depth);
    };
  }

  private List<ScoredChunk> hybrid(BotScope scope, SearchQuery query, int depth) {
    FutureTask<List<ScoredChunk>> wordSearch = started(() -> byWords(scope, query, depth));
    List<ScoredChunk> meaning = byMeaning(scope, query, depth);
    return fusion.fuse(meaning, result(wordSearch), 2 * depth);
  }

  private List<ScoredChunk> byWords(BotScope scope, SearchQuery query, int depth) {
    return words.search(scope, query.text(), depth, query.filter());
  }

  private List<ScoredChunk> byMeaning(BotScope scope, SearchQuery query, int depth) {
    return vectors.search(scope, embedder.embedQuery(query.text()), depth, query.filter());
  }

  private static <T> FutureTask<T> started(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().name("parley-search").start(task);
    return task;
  }

  private static <T> T result(FutureTask<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while searching.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("The search failed.", e.getCause());
    }
  }
}
