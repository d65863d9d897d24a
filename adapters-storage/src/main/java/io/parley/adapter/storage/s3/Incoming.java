package io.parley.adapter.storage.s3;

import io.parley.adapter.storage.digest.Sha256;
import io.parley.domain.port.storage.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A stream on its way in, counted, and read no further than a block beyond its limit. */
final class Incoming {
  private final InputStream content;
  private final long maxBytes;
  private final MessageDigest digest = Sha256.create();
  private long size;
  private boolean ended;

  Incoming(InputStream content, long maxBytes) {
    this.content = content;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads until the part is full, the stream ends or it is too large. What the stream throws is the
   * sender's, not the store's.
   */
  void fill(Part part) {
    try {
      while (!part.isFull() && !ended && !isTooLarge()) {
        int read = part.readFrom(content, digest);
        ended = read < 0;
        size += Math.max(0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isTooLarge() {
    return size > maxBytes;
  }

  boolean isAtItsEnd() {
    return ended;
  }

  /** Once it is at its end. */
  PutResult.Stored stored() {
    return new PutResult.Stored(size, HexFormat.of().formatHex(digest.digest()));
  }
}
