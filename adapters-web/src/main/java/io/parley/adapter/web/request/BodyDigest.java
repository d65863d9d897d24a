package io.parley.adapter.web.request;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over all that was added, each thing set apart from the next. */
public final class BodyDigest {
  private final MessageDigest sha256;

  public BodyDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  /** Adds a text. */
  public BodyDigest add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes. */
  public BodyDigest add(byte[] bytes) {
    sha256.update(bytes);
    return end(bytes.length);
  }

  private BodyDigest end(long length) {
    sha256.update(ByteBuffer.allocate(8).putLong(length).array());
    return this;
  }

  /** Adds what is read from a stream, up to its end or where its reader stops. */
  public InputStream watch(InputStream stream) {
    return new Watched(stream);
  }

  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  private final class Watched extends FilterInputStream {
    private long length;
    private boolean ended;

    Watched(InputStream stream) {
      super(stream);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      int many = super.read(target, offset, count);
      if (many > 0) {
        sha256.update(target, offset, many);
        length += many;
      } else if (many < 0 && !ended) {
        ended = true;
        end(length);
      }
      return many;
    }

    @Override
    public long skip(long count) throws IOException {
      return readNBytes((int) Math.min(count, 8_192)).length;
    }
  }
}
