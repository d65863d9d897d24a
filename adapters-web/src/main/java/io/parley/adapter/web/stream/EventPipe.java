package io.parley.adapter.web.stream;

import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * From one blocking writer to one subscriber. At most {@value #BOUND} events wait; then the writer
 * does. In silence it sends comments, so that nobody between takes the connection for dead.
 */
final class EventPipe implements Publisher<Event<String>>, Subscription {
  private static final int BOUND = 64;
  private static final ScheduledExecutorService PULSE =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("parley-event-pulse").unstarted(work));

  private final Queue<Event<String>> waiting = new ArrayDeque<>();
  private final Duration heartbeat;
  private final BooleanSupplier disconnected;
  private @Nullable Subscriber<? super Event<String>> subscriber;
  private @Nullable ScheduledFuture<?> pulse;
  private @Nullable Throwable refusal;
  private long demand;
  private long lastSent = System.nanoTime();
  private boolean started;
  private boolean completed;
  private boolean cancelled;
  private boolean draining;

  EventPipe(Duration heartbeat, BooleanSupplier disconnected) {
    this.heartbeat = heartbeat;
    this.disconnected = disconnected;
  }

  /**
   * Waits for the first event, the end, or a heartbeat's time. What was thrown before, if anything.
   */
  synchronized @Nullable Throwable awaitStart() {
    long deadline = System.nanoTime() + heartbeat.toNanos();
    try {
      while (!started && !completed && refusal == null) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          break;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
    }
    started = true;
    return refusal;
  }

  /** Takes a failure as an answer of its own, which is possible until the stream has started. */
  synchronized boolean refuse(Throwable thrown) {
    if (started) {
      return false;
    }
    refusal = thrown;
    completed = true;
    notifyAll();
    return true;
  }

  boolean isGone() {
    if (disconnected.getAsBoolean()) {
      cancel();
    }
    synchronized (this) {
      return cancelled;
    }
  }

  void send(Event<String> event) {
    synchronized (this) {
      started = true;
      notifyAll();
      try {
        while (waiting.size() >= BOUND && !isGone()) {
          wait(200);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        cancel();
      }
      if (cancelled) {
        return;
      }
      waiting.add(event);
    }
    drain();
  }

  void complete() {
    synchronized (this) {
      started = true;
      completed = true;
      notifyAll();
    }
    drain();
  }

  @Override
  public void subscribe(Subscriber<? super Event<String>> asking) {
    synchronized (this) {
      if (subscriber != null) {
        throw new IllegalStateException("An event stream has one reader.");
      }
      subscriber = asking;
      long millis = heartbeat.toMillis();
      pulse =
          PULSE.scheduleWithFixedDelay(
              this::beat, 0, Math.max(1, millis / 2), TimeUnit.MILLISECONDS);
    }
    asking.onSubscribe(this);
  }

  /** A comment keeps the connection, and shows whether it is still there. */
  private void beat() {
    boolean silent;
    synchronized (this) {
      silent = waiting.isEmpty() && !completed;
      silent &= System.nanoTime() - lastSent >= heartbeat.toNanos() / 2;
      if (silent) {
        waiting.add(Event.of("").comment("still here"));
      }
    }
    if (silent && !isGone()) {
      drain();
    }
  }

  @Override
  public void request(long n) {
    synchronized (this) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    }
    drain();
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    waiting.clear();
    stopPulse();
    notifyAll();
  }

  private void stopPulse() {
    if (pulse != null) {
      pulse.cancel(false);
    }
  }

  /** Hands on what waits, outside the lock, by one thread at a time. */
  private void drain() {
    while (true) {
      Subscriber<? super Event<String>> to;
      Event<String> event;
      synchronized (this) {
        to = subscriber;
        if (draining || cancelled || to == null) {
          return;
        }
        event = demand > 0 ? waiting.poll() : null;
        if (event == null && !(completed && waiting.isEmpty())) {
          return;
        }
        draining = event != null;
        demand -= event == null ? 0 : 1;
        lastSent = System.nanoTime();
        notifyAll();
        if (event == null) {
          cancelled = true;
          stopPulse();
        }
      }
      if (event == null) {
        to.onComplete();
        return;
      }
      try {
        to.onNext(event);
      } finally {
        synchronized (this) {
          draining = false;
        }
      }
    }
  }
}
