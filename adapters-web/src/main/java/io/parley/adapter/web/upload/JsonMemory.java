package io.parley.adapter.web.upload;

import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The memory that JSON bodies with the texts of documents may take, all of them together. A text
 * takes about four times its bytes while it is read, so that the bodies being read have a sixteenth
 * of the heap. A body larger than that is read alone.
 */
final class JsonMemory {
  private static final int SHARE = 16;
  private static final int UNIT = 1 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final int units;
  private final Semaphore free;

  JsonMemory() {
    this(Runtime.getRuntime().maxMemory() / SHARE);
  }

  JsonMemory(long bytes) {
    this.units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
    this.free = new Semaphore(units, true);
  }

  /**
   * Works on a body that takes at its first byte what it has declared, or all where it has declared
   * nothing, and gives it back when the work has ended. Reading ends the request with 503 when
   * there is no room for a while.
   *
   * @param declared the body's length, or less than 0 where it is unknown
   */
  <T> T within(InputStream body, long declared, Function<InputStream, T> work) {
    Share share = new Share(body, declared);
    try {
      return work.apply(share);
    } finally {
      free.release(share.held);
    }
  }

  /** How many bytes are free. */
  long free() {
    return (long) free.availablePermits() * UNIT;
  }

  private final class Share extends InputStream {
    private final InputStream body;
    private final long declared;
    private int held;
    private long read;

    Share(InputStream body, long declared) {
      this.body = body;
      this.declared = declared;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      hold(declared > 0 && read <= declared ? declared : Long.MAX_VALUE - UNIT);
      int many = body.read(target, offset, length);
      read += Math.max(0, many);
      return many;
    }

    /**
     * All at once: bodies that each hold a part and wait for the rest would wait for one another.
     */
    private void hold(long bytes) {
      int wanted = (int) Math.min(units, (bytes + UNIT - 1) / UNIT);
      if (wanted > held) {
        acquire(wanted - held);
        held = wanted;
      }
    }
  }

  private void acquire(int more) {
    try {
      if (!free.tryAcquire(more, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw full();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw full();
    }
  }

  private static ProblemException full() {
    return Problem.later(
            ProblemKind.UNAVAILABLE,
            "Too many large texts are being sent at once. Try again, or send the text as a file.")
        .asException();
  }
}
