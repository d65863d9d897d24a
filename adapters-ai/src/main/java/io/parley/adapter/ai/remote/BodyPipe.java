package io.parley.adapter.ai.remote;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** From the HTTP client's threads to the one that reads, which asks for each piece. */
final class BodyPipe implements BodySubscriber<BodyPipe> {

  /** What came. */
  sealed interface Part {
    record Bytes(List<ByteBuffer> buffers) implements Part {}

    record End(@Nullable Throwable failure) implements Part {}
  }

  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private Flow.@Nullable Subscription subscription;
  private boolean cancelled;

  @Override
  public CompletionStage<BodyPipe> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription to) {
    subscription = to;
    if (cancelled) {
      to.cancel();
    } else {
      to.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    parts.add(new Part.Bytes(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    parts.add(new Part.End(failure));
  }

  @Override
  public void onComplete() {
    parts.add(new Part.End(null));
  }

  /** The next piece; absent when none comes in that time. */
  @Nullable Part poll(long millis) throws InterruptedException {
    Part part = parts.poll(millis, TimeUnit.MILLISECONDS);
    if (part instanceof Part.Bytes) {
      wantMore();
    }
    return part;
  }

  private synchronized void wantMore() {
    if (subscription != null) {
      subscription.request(1);
    }
  }

  /** Ends the response, and with it the connection. */
  synchronized void cancel() {
    cancelled = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
