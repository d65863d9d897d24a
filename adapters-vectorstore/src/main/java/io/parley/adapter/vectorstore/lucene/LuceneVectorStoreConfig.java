package io.parley.adapter.vectorstore.lucene;

import java.nio.file.Path;

/**
 * Where the vectors of one generation are kept.
 *
 * @param directory of this index alone; made when it is missing
 * @param dimension numbers in a vector, 1–4,096
 * @param writeBufferMegabytes memory for chunks that are not written yet, 1–1,024
 */
public record LuceneVectorStoreConfig(Path directory, int dimension, int writeBufferMegabytes) {

  /** Enough for batches of a few hundred chunks, and small beside the server. */
  public static final int DEFAULT_WRITE_BUFFER_MEGABYTES = 32;

  public LuceneVectorStoreConfig {
    if (dimension < 1 || dimension > WideVectorsFormat.MAX_DIMENSIONS) {
      throw new IllegalArgumentException("A vector has 1 to 4,096 dimensions: " + dimension);
    }
    if (writeBufferMegabytes < 1 || writeBufferMegabytes > 1024) {
      throw new IllegalArgumentException("The write buffer has 1 to 1,024 MB.");
    }
  }

  /** With the default write buffer. */
  public LuceneVectorStoreConfig(Path directory, int dimension) {
    this(directory, dimension, DEFAULT_WRITE_BUFFER_MEGABYTES);
  }
}
