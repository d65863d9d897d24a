package io.parley.adapter.ai.remote;

import io.parley.adapter.ai.remote.BodyPipe.Part;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, read on the calling thread, which looks every few milliseconds
 * whether somebody still waits. The JDK's own timeout ends with the headers; these do not.
 */
final class LiveCall implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final String backend;
  private final CallLimits limits;
  private final Deadline total;
  private final BooleanSupplier cancelled;
  private final CompletableFuture<HttpResponse<BodyPipe>> pending;
  private final HttpResponse<BodyPipe> response;
  private Deadline silence;
  private boolean ended;

  /** Something that may be there in a moment. */
  private interface Source<T> {
    @Nullable T poll(long millis) throws InterruptedException;
  }

  /**
   * Sends the request and waits for the head of the response.
   *
   * @throws PortFailure when there is none
   * @throws CallCancelled when nobody waits any more
   */
  LiveCall(
      HttpClient client,
      HttpRequest request,
      String backend,
      CallLimits limits,
      Deadline total,
      BooleanSupplier cancelled) {
    this.backend = backend;
    this.limits = limits;
    this.total = total;
    this.cancelled = cancelled;
    this.silence = Deadline.after(limits.firstByte());
    this.pending = client.sendAsync(request, head -> new BodyPipe());
    try {
      this.response = await(this::head);
    } catch (RuntimeException e) {
      pending.cancel(true);
      throw e;
    }
  }

  HttpResponse<?> response() {
    return response;
  }

  /** The next bytes of the body; absent at its end. */
  @Nullable List<ByteBuffer> next() {
    Part part = await(response.body()::poll);
    silence = Deadline.after(limits.idle());
    return switch (part) {
      case Part.Bytes bytes -> bytes.buffers();
      case Part.End end -> {
        ended = true;
        if (end.failure() != null) {
          throw broken(end.failure());
        }
        yield null;
      }
    };
  }

  /** From now on the body may be silent for no longer than that. */
  void hurry(Deadline deadline) {
    silence = silence.earlier(deadline);
  }

  /**
   * The whole body.
   *
   * @throws PortFailure {@code CORRUPT_DATA} when it has more bytes than that
   */
  byte[] body(int most) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (List<ByteBuffer> buffers = next(); buffers != null; buffers = next()) {
      for (ByteBuffer buffer : buffers) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        body.writeBytes(bytes);
      }
      if (body.size() > most) {
        throw failure(Kind.CORRUPT_DATA, " answered with far more than was asked for.");
      }
    }
    return body.toByteArray();
  }

  private <T> T await(Source<T> source) {
    Deadline until = silence.earlier(total);
    while (true) {
      if (cancelled.getAsBoolean()) {
        throw new CallCancelled();
      }
      if (total.passed()) { // also of a server that is never silent, and never done
        throw late();
      }
      T found = poll(source);
      if (found != null) {
        return found;
      }
      if (until.passed()) {
        throw late();
      }
    }
  }

  private PortFailure late() {
    return failure(Kind.TIMEOUT, " did not answer in time. Try again later.");
  }

  private <T> @Nullable T poll(Source<T> source) {
    try {
      return source.poll(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(Kind.UNAVAILABLE, " was not waited for: the program is stopping.");
    }
  }

  private @Nullable HttpResponse<BodyPipe> head(long millis) throws InterruptedException {
    try {
      return pending.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw broken(e.getCause() == null ? e : e.getCause());
    }
  }

  /** The cause is left out: it may name addresses and headers. */
  private PortFailure broken(Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          failure(Kind.TIMEOUT, " cannot be reached in time. Check the network.");
      case ConnectException _ ->
          failure(Kind.UNAVAILABLE, " cannot be reached. Check the network, and whether it runs.");
      default ->
          failure(
              Kind.UNAVAILABLE,
              " broke the connection (" + cause.getClass().getSimpleName() + "). Try again later.");
    };
  }

  private PortFailure failure(Kind kind, String what) {
    return new PortFailure(kind, backend, backend + what, null);
  }

  /** Ends what still runs. */
  @Override
  public void close() {
    if (!ended) {
      response.body().cancel();
      pending.cancel(true);
    }
  }
}
