package io.parley.domain.port.ai;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Turns a file into pages of text. Whatever the bytes are, it returns within its limits and leaves
 * the process whole. Safe for use by many threads.
 */
public interface TextExtractor extends AutoCloseable {

  /**
   * Reads the whole stream and gives the pages one by one, numbers ascending from 1, empty pages
   * included so that numbers stay the document's own. What was given before a failure is void.
   *
   * @param onPage called on the calling thread
   */
  ExtractionResult extract(InputStream content, ContentType type, Consumer<PageText> onPage);

  /**
   * Lets what reads files try what hostile bytes would try, under the conditions that files are
   * read in, and says what came of it. Takes as long as a file.
   *
   * @throws io.parley.domain.port.PortFailure when it could not be tried
   */
  ReaderIsolation tryIsolation();

  @Override
  void close();
}
