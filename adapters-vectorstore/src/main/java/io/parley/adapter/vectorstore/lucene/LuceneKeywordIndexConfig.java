package io.parley.adapter.vectorstore.lucene;

import java.nio.file.Path;

/**
 * Where the words are kept.
 *
 * @param directory of this index alone; made when it is missing
 * @param writeBufferMegabytes memory for chunks that are not written yet, 1–1,024
 */
public record LuceneKeywordIndexConfig(Path directory, int writeBufferMegabytes) {

  /** Enough for batches of a few hundred chunks, and small beside the server. */
  public static final int DEFAULT_WRITE_BUFFER_MEGABYTES = 32;

  public LuceneKeywordIndexConfig {
    if (writeBufferMegabytes < 1 || writeBufferMegabytes > 1024) {
      throw new IllegalArgumentException("The write buffer has 1 to 1,024 MB.");
    }
  }

  /** With the default write buffer. */
  public LuceneKeywordIndexConfig(Path directory) {
    this(directory, DEFAULT_WRITE_BUFFER_MEGABYTES);
  }
}
