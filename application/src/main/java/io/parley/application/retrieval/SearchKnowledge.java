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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /**
   * How much deeper the next look goes when what cannot be shown leaves too little of what can.
   * What does so most are sources that do not serve yet: these are left out as well.
   */
  private static final int DEEPER = 4;

  /** Two arms of it are the most that the database is asked for at once. */
  private static final int DEEPEST = 500;

  private final Supplier<SearchIndex> vectors;
  private final KeywordIndex words;
  private final ChunkRepository chunks;
  private final Fusion fusion;
  private final Runnable requireWords;

  /**
   * What one look at the indexes gave.
   *
   * @param unread what the indexes hold and the database does not show
   * @param starved whether that crowds out what may be further down
   */
  private record Look(List<SearchHit> hits, Set<ChunkId> unread, boolean starved) {}

  public SearchKnowledge(
      Embedder embedder,
      VectorStore vectors,
      KeywordIndex words,
      ChunkRepository chunks,
      Fusion fusion) {
    this(() -> new SearchIndex(embedder, vectors, () -> {}), words, chunks, fusion, () -> {});
  }

  /**
   * @param vectors what serves when it is asked for; one search keeps to what it got
   * @param requireWords throws while the words are not all there, and so would answer wrongly
   */
  public SearchKnowledge(
      Supplier<SearchIndex> vectors,
      KeywordIndex words,
      ChunkRepository chunks,
      Fusion fusion,
      Runnable requireWords) {
    this.vectors = vectors;
    this.words = words;
    this.chunks = chunks;
    this.fusion = fusion;
    this.requireWords = requireWords;
  }

  /** Best first, at most as many as asked for. Needs {@code ASK}. */
  public List<SearchHit> search(BotScope scope, SearchQuery query) {
    scope.require(Permission.ASK);
    SearchIndex index = vectors.get();
    SearchQuery asked = query;
    int depth = depth(query);
    Look look = look(index, scope, query, depth);
    boolean settled = look.unread().isEmpty();
    for (int more = 0; more < LOOKS_AGAIN && !settled; more++) {
      if (look.starved()) {
        depth = Math.min(DEEPEST, depth * DEEPER);
        asked = asked.without(chunks.unserved(scope, look.unread()));
      }
      Look again = look(index, scope, asked, depth);
      settled =
          again.unread().isEmpty()
              || (again.unread().equals(look.unread()) && !(again.starved() && depth < DEEPEST));
      look = again;
    }
    return look.hits().stream().limit(query.limit()).toList();
  }

  /**
   * Refuses what a hybrid search would refuse, before anything is done for it.
   *
   * @throws io.parley.domain.port.PortFailure {@code UNAVAILABLE} while an index is being built
   */
  public void requireWhole() {
    vectors.get().requireWhole().run();
    requireWords.run();
  }

  private static int depth(SearchQuery query) {
    return Math.max(DEPTH, query.limit() * 2);
  }

  /** What cannot be shown is left out before the fusion: it moves no score. */
  private Look look(SearchIndex index, BotScope scope, SearchQuery query, int depth) {
    Arms found = ask(index, scope, query, depth);
    Set<ChunkId> unread = found.ids();
    Map<ChunkId, FoundChunk> readable = chunks.find(scope, unread);
    unread.removeAll(readable.keySet());
    Arms shown = found.only(readable.keySet(), depth(query));
    Map<ChunkId, Double> cosines = shown.cosines();
    List<SearchHit> hits =
        fusion.fuse(shown.meaning(), shown.words(), 2 * depth(query)).stream()
            .flatMap(
                scored -> hit(readable.get(scored.id()), scored, cosines.get(scored.id())).stream())
            .toList();
    return new Look(hits, unread, shown.isShorterThan(query.limit(), found, depth));
  }

  private static Optional<SearchHit> hit(
      @Nullable FoundChunk found, ScoredChunk scored, @Nullable Double cosine) {
    return Optional.ofNullable(found).map(there -> new SearchHit(there, scored.score(), cosine));
  }

  /** What each index returned, best first. */
  private record Arms(List<ScoredChunk> meaning, List<ScoredChunk> words) {
    Set<ChunkId> ids() {
      return Stream.concat(meaning.stream(), words.stream())
          .map(ScoredChunk::id)
          .collect(Collectors.toSet());
    }

    Arms only(Set<ChunkId> wanted, int most) {
      return new Arms(only(meaning, wanted, most), only(words, wanted, most));
    }

    private static List<ScoredChunk> only(List<ScoredChunk> arm, Set<ChunkId> wanted, int most) {
      return arm.stream().filter(chunk -> wanted.contains(chunk.id())).limit(most).toList();
    }

    /** Whether an arm that may have more behind {@code depth} has too few left. */
    boolean isShorterThan(int limit, Arms found, int depth) {
      return (meaning.size() < limit && found.meaning().size() >= depth)
          || (words.size() < limit && found.words().size() >= depth);
    }

    Map<ChunkId, Double> cosines() {
      return meaning.stream()
          .collect(Collectors.toMap(ScoredChunk::id, ScoredChunk::score, Math::max));
    }
  }

  private Arms ask(SearchIndex index, BotScope scope, SearchQuery query, int depth) {
    return switch (query.mode()) {
      case KEYWORD -> new Arms(List.of(), byWords(scope, query, depth));
      case VECTOR -> new Arms(byMeaning(index, scope, query, depth), List.of());
      case HYBRID -> both(index, scope, query, depth);
    };
  }

  private Arms both(SearchIndex index, BotScope scope, SearchQuery query, int depth) {
    FutureTask<List<ScoredChunk>> wordSearch = started(() -> byWords(scope, query, depth));
    List<ScoredChunk> meaning = byMeaning(index, scope, query, depth);
    return new Arms(meaning, result(wordSearch));
  }

  private List<ScoredChunk> byWords(BotScope scope, SearchQuery query, int depth) {
    requireWords.run();
    return words.search(scope, query.text(), depth, query.filter());
  }

  private static List<ScoredChunk> byMeaning(
      SearchIndex index, BotScope scope, SearchQuery query, int depth) {
    index.requireWhole().run();
    float[] meaning = index.embedder().embedQuery(query.text());
    return index.vectors().search(scope, meaning, depth, query.filter());
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
