package io.parley.domain.port.vectorstore;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import java.util.List;

/**
 * One change that an index applies.
 *
 * @param <C> what the index holds of a chunk: its vector or its words
 */
public sealed interface IndexChange<C> {

  /** Chunks to hold from now on; ones with the same id are replaced. */
  record Add<C>(List<C> chunks) implements IndexChange<C> {
    public Add {
      chunks = List.copyOf(chunks);
    }
  }

  /** All chunks of a version go. */
  record RemoveVersion<C>(VersionRef ref) implements IndexChange<C> {}

  /** All chunks of all versions of a source go. */
  record RemoveSource<C>(SourceId source) implements IndexChange<C> {}

  /** Single chunks go, however often they are held. */
  record RemoveChunks<C>(List<ChunkId> chunks) implements IndexChange<C> {
    public RemoveChunks {
      chunks = List.copyOf(chunks);
    }
  }
}
