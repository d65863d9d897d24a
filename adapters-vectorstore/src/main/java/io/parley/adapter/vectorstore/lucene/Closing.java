package io.parley.adapter.vectorstore.lucene;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go of things that may be broken already. */
final class Closing {

  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void quietly(@Nullable Closeable closed) {
    if (closed == null) {
      return;
    }
    try {
      closed.close();
    } catch (IOException | RuntimeException e) {
      log.warn("A part of an index did not close: {}", e.toString());
    }
  }
}
