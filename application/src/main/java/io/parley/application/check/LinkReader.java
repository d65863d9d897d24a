package io.parley.application.check;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Opens preview links as a browser does: without a credential. */
public interface LinkReader {

  /** Whether a part of a file can be asked for. */
  boolean ranges();

  /**
   * Fetches what a link points to, small as it is.
   *
   * @param range as in the header {@code Range}, such as {@code bytes=0-9}; absent for all
   */
  Fetched fetch(URI link, @Nullable String range) throws Exception;

  /**
   * What came.
   *
   * @param status as HTTP has it
   */
  @SuppressWarnings("ArrayRecordComponent") // looked at once
  record Fetched(int status, byte[] content) {}
}
