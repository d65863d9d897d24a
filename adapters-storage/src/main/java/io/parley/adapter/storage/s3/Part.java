package io.parley.adapter.storage.s3;

import io.parley.adapter.storage.digest.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The bytes that are sent with one call, at most {@link #SIZE}, so that they can be sent again.
 * Takes memory as they arrive.
 */
final class Part {
  /** The smallest that S3 takes of a part that is not the last. */
  static final int SIZE = 5 * 1024 * 1024;

  static final int BLOCK = 64 * 1024;

  private final List<byte[]> blocks = new ArrayList<>();
  private int size;

  /** Reads once; how many bytes came, or -1 at the end of the stream. */
  int readFrom(InputStream content, MessageDigest whole) throws IOException {
    if (size == blocks.size() * BLOCK) {
      blocks.add(new byte[BLOCK]);
    }
    byte[] block = blocks.get(size / BLOCK);
    int at = size % BLOCK;
    int read = content.read(block, at, BLOCK - at);
    if (read > 0) {
      whole.update(block, at, read);
      size += read;
    }
    return read;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == SIZE;
  }

  /** Keeps the memory for the next one. */
  void clear() {
    size = 0;
  }

  RequestBody body() {
    return RequestBody.fromContentProvider(this::content, size, "application/octet-stream");
  }

  /** SHA-256, as S3 wants it. */
  String checksum() {
    MessageDigest digest = Sha256.create();
    for (int at = 0; at < size; at += BLOCK) {
      digest.update(blocks.get(at / BLOCK), 0, Math.min(BLOCK, size - at));
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private InputStream content() {
    List<InputStream> streams = new ArrayList<>();
    for (int at = 0; at < size; at += BLOCK) {
      int length = Math.min(BLOCK, size - at);
      streams.add(new ByteArrayInputStream(blocks.get(at / BLOCK), 0, length));
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }
}
