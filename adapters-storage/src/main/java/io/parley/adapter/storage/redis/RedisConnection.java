package io.parley.adapter.storage.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.parley.domain.port.PortFailure;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis, shared by all threads. Whoever asks while Redis is away goes on without
 * it at once: after a failure it is left alone for a while, and then connected to in the
 * background, again and again. No caller waits for longer than one answer may take.
 */
public final class RedisConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);

  private static final String CLOSED = "closed";

  private final RedisConfig config;
  private final LettuceClient client;
  private final RedisKeys keys;
  private final SealedValues seals;
  private final Outages outages = new Outages(System::nanoTime);
  private final Map<Use, PortFailure> troubles = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable StatefulRedisConnection<byte[], byte[]>> connection =
      new AtomicReference<>();
  private volatile long restsUntil = System.nanoTime();
  private @Nullable CompletableFuture<Void> attempt;
  private boolean closed;

  /** What Redis is asked for. */
  enum Use {
    READ,
    WRITE
  }

  private RedisConnection(RedisConfig config) {
    this.config = config;
    this.client = LettuceClient.of(config);
    this.keys = new RedisKeys(config.namespace(), config.keySecret());
    this.seals = new SealedValues(config.keySecret());
  }

  /** Connects; when that fails, says so in the log and goes on to try. */
  public static RedisConnection open(RedisConfig config) {
    RedisConnection opened = new RedisConnection(config);
    try {
      opened.awaitConnection();
      LOG.info("Redis at {} is used for caches and rate limits.", config.url().place());
    } catch (PortFailure e) {
      opened.outages.began(e);
    }
    return opened;
  }

  /**
   * Asks whether Redis can be worked with; changes nothing.
   *
   * @throws PortFailure when it does not answer, or when the last read or write failed
   */
  public void requireUsable() {
    StatefulRedisConnection<byte[], byte[]> asked = awaitConnection();
    try {
      asked.sync().ping();
    } catch (RuntimeException e) {
      throw failed(asked, Use.READ, e);
    }
    for (PortFailure trouble : troubles.values()) {
      throw trouble;
    }
  }

  /** What the question gives; empty when Redis is away, or fails. */
  <T> Optional<T> ask(
      Use use, Function<StatefulRedisConnection<byte[], byte[]>, Optional<T>> question) {
    StatefulRedisConnection<byte[], byte[]> asked = current();
    if (asked == null) {
      return Optional.empty();
    }
    try {
      Optional<T> answer = question.apply(asked);
      if (troubles.remove(use) != null && troubles.isEmpty()) {
        outages.ended(place());
      }
      return answer;
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) { // else it is the caller who gave up
        outages.began(failed(asked, use, e));
      }
      return Optional.empty();
    }
  }

  RedisKeys keys() {
    return keys;
  }

  SealedValues seals() {
    return seals;
  }

  RedisConfig config() {
    return config;
  }

  String place() {
    return config.url().place();
  }

  private PortFailure failed(
      StatefulRedisConnection<byte[], byte[]> asked, Use use, RuntimeException thrown) {
    PortFailure failure = RedisFailures.of(thrown, place());
    troubles.put(use, failure);
    switch (failure.kind()) {
      case UNAVAILABLE, TIMEOUT, CREDENTIALS_REJECTED -> drop(asked);
      case RATE_LIMITED, INVALID_CONFIGURATION, CORRUPT_DATA, STORAGE_FULL -> {}
    }
    return failure;
  }

  /** The connection, if there is one now. */
  private @Nullable StatefulRedisConnection<byte[], byte[]> current() {
    StatefulRedisConnection<byte[], byte[]> open = connection.get();
    if (open != null && open.isOpen()) {
      return open;
    }
    if (open != null) {
      drop(open);
    }
    if (System.nanoTime() - restsUntil >= 0) {
      var _ = connect();
    }
    return null;
  }

  private StatefulRedisConnection<byte[], byte[]> awaitConnection() {
    StatefulRedisConnection<byte[], byte[]> open = connection.get();
    if (open != null && open.isOpen()) {
      return open;
    }
    try {
      connect().get(2 * config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw RedisFailures.of(e, place());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RedisFailures.of(e, place());
    }
    return Optional.ofNullable(connection.get())
        .orElseThrow(() -> RedisFailures.of(new RedisException(CLOSED), place()));
  }

  /** One attempt at a time, whoever begins it. */
  private synchronized CompletableFuture<Void> connect() {
    CompletableFuture<Void> running = attempt;
    if (running != null && !running.isDone()) {
      return running;
    }
    restsUntil = System.nanoTime() + config.rest().toNanos();
    CompletableFuture<Void> begun =
        closed
            ? CompletableFuture.failedFuture(new RedisException(CLOSED))
            : client.connect().handle(this::connected);
    attempt = begun;
    return begun;
  }

  private @Nullable Void connected(
      @Nullable StatefulRedisConnection<byte[], byte[]> made, @Nullable Throwable thrown) {
    if (made == null) {
      restsUntil = System.nanoTime() + config.rest().toNanos();
      PortFailure failure =
          RedisFailures.of(thrown == null ? new RedisException(CLOSED) : thrown, place());
      outages.began(failure);
      throw failure;
    }
    made.setTimeout(config.commandTimeout());
    if (!takenInUse(made)) {
      var _ = made.closeAsync();
    }
    return null;
  }

  private synchronized boolean takenInUse(StatefulRedisConnection<byte[], byte[]> made) {
    if (!closed) {
      troubles.clear();
      connection.set(made);
      outages.ended(place());
    }
    return !closed;
  }

  /** Others may have given it up already, and a better one may be there. */
  private void drop(StatefulRedisConnection<byte[], byte[]> broken) {
    if (connection.compareAndSet(broken, null)) {
      restsUntil = System.nanoTime() + config.rest().toNanos();
      var _ = broken.closeAsync();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      connection.set(null);
    }
    client.close();
  }
}
