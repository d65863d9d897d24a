package io.parley.testkit.ai;

import io.parley.domain.port.ai.Recording;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A source that counts how it is used. */
public final class WatchedSource implements Recording.Source {
  private final Recording.Source source;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong read = new AtomicLong();
  private final AtomicInteger largest = new AtomicInteger();

  public WatchedSource(Recording.Source source) {
    this.source = source;
  }

  /** How often it was opened. */
  public int opened() {
    return opened.get();
  }

  /** How many that were opened have not been closed. */
  public int stillOpen() {
    return open.get();
  }

  /** Bytes that were read, by all readers. */
  public long read() {
    return read.get();
  }

  /** The most bytes that were asked for at once. */
  public int largestRead() {
    return largest.get();
  }

  @Override
  public InputStream open() throws IOException {
    opened.incrementAndGet();
    InputStream stream = source.open();
    open.incrementAndGet();
    return new Watched(stream);
  }

  private final class Watched extends FilterInputStream {
    private boolean closed;

    Watched(InputStream stream) {
      super(stream);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? -1 : 1, 1);
      return value;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int got = super.read(into, from, length);
      count(got, length);
      return got;
    }

    private void count(int got, int asked) {
      read.addAndGet(Math.max(0, got));
      largest.accumulateAndGet(asked, Math::max);
    }

    @Override
    public synchronized void close() throws IOException {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
      }
      super.close();
    }
  }
}
