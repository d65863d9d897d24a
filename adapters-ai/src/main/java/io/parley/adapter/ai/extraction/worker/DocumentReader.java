package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads files of one type. */
interface DocumentReader {

  /**
   * Gives every page.
   *
   * @return the document's own title
   * @throws UnreadableException when the reason is known
   * @throws IOException when the file is not what its type says
   */
  @Nullable String read(Path file, Pages pages) throws IOException;
}
