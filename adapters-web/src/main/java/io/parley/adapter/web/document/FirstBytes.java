package io.parley.adapter.web.document;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, and none behind them. */
final class FirstBytes extends FilterInputStream {
  private long left;

  FirstBytes(InputStream stream, long many) {
    super(stream);
    this.left = many;
  }

  @Override
  public int read() throws IOException {
    int read = left == 0 ? -1 : in.read();
    left -= read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0 && length > 0) {
      return -1;
    }
    int read = in.read(target, offset, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long many) throws IOException {
    long skipped = in.skip(Math.min(many, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
