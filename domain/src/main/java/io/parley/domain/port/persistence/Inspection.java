package io.parley.domain.port.persistence;

import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the other stores ought to hold, and rows that do not fit together. Maintenance side, across
 * tenants. A chunk is <em>expected</em> in the indexes when its source is there and its version
 * serves, or has been announced in the log and waits for the indexes.
 */
public interface Inspection {

  /**
   * Expected chunks that were announced up to a position of the log, in the order of their ids.
   *
   * @param after the last of the portion before
   */
  List<ChunkId> expected(@Nullable ChunkId after, long announcedUpTo, int limit);

  /**
   * Those of the chunks that no index holds that has read the log to its end. What is being erased
   * is not among them before the log removes its source.
   *
   * @param ids at most 1,000
   */
  Set<ChunkId> stale(Collection<ChunkId> ids);

  /** Those of the chunks that are expected and have an embedding of the model; at most 1,000. */
  List<IndexedVector> vectors(Collection<ChunkId> ids, EmbeddingModel model);

  /** Those of the chunks that are expected; at most 1,000. */
  List<IndexedWords> words(Collection<ChunkId> ids);

  /**
   * Where the bytes of all versions of living sources should be, in the order of the versions.
   *
   * @param after the last of the portion before
   */
  List<BlobKey> blobs(@Nullable VersionRef after, int limit);

  /** Where the bytes of those of the versions are that have rows; at most 1,000. */
  Map<VersionRef, BlobKey> blobsOf(Collection<VersionRef> refs);

  /** Those of the sources that are tombstoned, themselves or with their bot; at most 1,000. */
  Set<SourceId> erased(Collection<SourceId> sources);

  /** How many versions there are. */
  long versions();

  /** A way in which rows may not fit together. */
  enum FlawKind {
    /** A version that is not taken in yet, and no work on it is queued. Repaired by queueing it. */
    STUCK_VERSION,
    /**
     * A version that waits for the indexes, and the log does not announce it. Repaired by
     * announcing it.
     */
    UNANNOUNCED_VERSION,
    /** Queued work on a version that is not there. Repaired by removing it. */
    JOB_WITHOUT_VERSION,
    /**
     * A tombstone with rows left, and no work on its erasure is queued. Repaired by queueing it.
     */
    UNFINISHED_ERASURE,
    /** An embedding without its chunk. Repaired by removing it; so are the next two. */
    STRAY_EMBEDDING,
    /** A chunk without its version. */
    STRAY_CHUNK,
    /** A page without its version. */
    STRAY_PAGE
  }

  /**
   * Rows that do not fit together.
   *
   * @param row which, in words for people
   */
  record Flaw(FlawKind kind, String row) {}

  /**
   * Flaws of a kind in the order of their rows, at most {@code limit}. Rows that running work is
   * just changing look whole before and after.
   *
   * @param after the {@link Flaw#row} of the last one of the portion before
   */
  List<Flaw> flaws(FlawKind kind, @Nullable String after, int limit);

  /** Repairs a flaw; false, and nothing happens, when it is none any more. */
  boolean repair(Flaw flaw, Instant now);
}
