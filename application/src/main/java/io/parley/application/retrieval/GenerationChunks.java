package io.parley.application.retrieval;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.persistence.EmbeddingRepository;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.retrieval.IndexedVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index of a generation reads of a version. Where it must not miss anything, the
 * embeddings that its model lacks are computed first: others may have taken the version in for
 * another generation.
 */
final class GenerationChunks implements FollowLog.ChunkPages<IndexedVector> {
  private final IndexFeed feed;
  private final EmbeddingRepository embeddings;
  private final Embedder embedder;
  private volatile boolean thorough;

  GenerationChunks(IndexFeed feed, EmbeddingRepository embeddings, Embedder embedder) {
    this.feed = feed;
    this.embeddings = embeddings;
    this.embedder = embedder;
  }

  boolean isThorough() {
    return thorough;
  }

  void thorough(boolean value) {
    thorough = value;
  }

  @Override
  public void prepare(VersionRef ref, SignsOfLife signs) {
    if (thorough && !next(ref).isEmpty()) {
      signs.during(() -> fill(ref));
    }
  }

  private void fill(VersionRef ref) {
    for (List<Chunk> some = next(ref); !some.isEmpty(); some = next(ref)) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("Interrupted between two batches.");
      }
      embeddings.keep(embedder.model(), EmbeddedChunks.of(some, embedder));
    }
  }

  private List<Chunk> next(VersionRef ref) {
    return embeddings.lackingOf(ref, embedder.model(), EmbeddedChunks.AT_ONCE);
  }

  @Override
  public List<IndexedVector> read(VersionRef ref, @Nullable ChunkId after, int limit) {
    return feed.vectors(ref, embedder.model(), after, limit);
  }
}
