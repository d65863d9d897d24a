package io.parley.adapter.web.upload;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A request's body as it arrives, one piece at a time: the next is asked for when the last one was
 * read, so that a slow reader slows the sender down. Ends the request when the body is too large,
 * pauses too long, or breaks off; what the sender said about its length counts for nothing. For one
 * blocking reader.
 */
public final class BodyStream extends InputStream {
  private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final long maxBytes;
  private final Duration idle;
  private @Nullable Subscription subscription;
  private byte[] piece = new byte[0];
  private int position;
  private long total;
  private boolean ended;

  private sealed interface Signal {
    record Started(Subscription subscription) implements Signal {}

    record Piece(ByteBuffer bytes) implements Signal {}

    record Ended() implements Signal {}

    record Failed(Throwable why) implements Signal {}
  }

  private BodyStream(long maxBytes, Duration idle) {
    this.maxBytes = maxBytes;
    this.idle = idle;
  }

  /** The body of a request, which can be read once. */
  public static BodyStream open(HttpRequest<?> request, long maxBytes, Duration idle) {
    BodyStream stream = new BodyStream(maxBytes, idle);
    if (!(request instanceof ServerHttpRequest<?> server)) {
      throw new IllegalStateException("Only a server's request has a body to read.");
    }
    server.byteBody().toByteArrayPublisher().subscribe(stream.new Receiver());
    return stream;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (position == piece.length) {
      if (ended) {
        return -1;
      }
      next();
    }
    int many = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, target, offset, many);
    position += many;
    return many;
  }

  private void next() {
    if (subscription != null) {
      subscription.request(1);
    }
    switch (await()) {
      case null -> throw end(ProblemKind.TIMED_OUT, "The body stopped arriving. Send it again.");
      case Signal.Started started -> subscription = started.subscription();
      case Signal.Piece arrived -> take(arrived.bytes().array());
      case Signal.Ended _ -> ended = true;
      case Signal.Failed failed -> throw failure(failed.why());
    }
  }

  private @Nullable Signal await() {
    try {
      return signals.poll(idle.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw end(ProblemKind.UNAVAILABLE, "The server is stopping. Try again.");
    }
  }

  private void take(byte[] bytes) {
    total += bytes.length;
    if (total > maxBytes) {
      throw tooLarge();
    }
    piece = bytes;
    position = 0;
  }

  private ProblemException failure(Throwable why) {
    return why instanceof ContentLengthExceededException
        ? tooLarge()
        : end(ProblemKind.MALFORMED, "The body broke off before its end.");
  }

  private ProblemException tooLarge() {
    return end(
        ProblemKind.TOO_LARGE, "The request may have at most " + Sizes.words(maxBytes) + ".");
  }

  private ProblemException end(ProblemKind kind, String detail) {
    close();
    return Problem.of(kind, detail).asException();
  }

  /** Lets go of what has not been read. */
  @Override
  public void close() {
    ended = true;
    piece = new byte[0];
    position = 0;
    if (subscription == null && signals.peek() instanceof Signal.Started started) {
      subscription = started.subscription();
    }
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private final class Receiver implements Subscriber<byte[]> {
    @Override
    public void onSubscribe(Subscription started) {
      signals.add(new Signal.Started(started));
    }

    @Override
    public void onNext(byte[] bytes) {
      signals.add(new Signal.Piece(ByteBuffer.wrap(bytes)));
    }

    @Override
    public void onError(Throwable why) {
      signals.add(new Signal.Failed(why));
    }

    @Override
    public void onComplete() {
      signals.add(new Signal.Ended());
    }
  }
}
