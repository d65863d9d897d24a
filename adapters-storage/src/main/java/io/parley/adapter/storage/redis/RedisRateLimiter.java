package io.parley.adapter.storage.redis;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;
import io.parley.adapter.storage.memory.MemoryRateLimiter;
import io.parley.adapter.storage.rate.Buckets;
import io.parley.adapter.storage.redis.RedisConnection.Use;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Counts in Redis, so that all servers agree; while Redis is away, in this process. The time is
 * that of the servers: their clocks must agree as well.
 */
public final class RedisRateLimiter implements RateLimiter {
  private static final int LOCKS = 256;

  /** How long a bucket stays in Redis after it would be full again. */
  private static final Duration SPARE = Duration.ofSeconds(10);

  private final RedisConnection redis;
  private final InstantSource clock;
  private final MemoryRateLimiter alone;

  /**
   * Threads of one process that count for one caller come one after another: all at once, they
   * would make each other try again. While Redis is slow, who would wait for long counts here.
   */
  private final ReentrantLock[] turns =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

  private RedisRateLimiter(RedisConnection redis, InstantSource clock) {
    this.redis = redis;
    this.clock = clock;
    this.alone = MemoryRateLimiter.open(clock);
  }

  /** A limiter on a connection, which stays open. */
  public static RedisRateLimiter on(RedisConnection redis) {
    return on(redis, InstantSource.system());
  }

  /** The same by another clock. */
  static RedisRateLimiter on(RedisConnection redis, InstantSource clock) {
    return new RedisRateLimiter(redis, clock);
  }

  @Override
  public RateDecision take(RateLimit limit, String caller) {
    return inRedis(limit, caller, bucket -> bucket.tryConsumeAndReturnRemaining(1))
        .map(Buckets::decision)
        .orElseGet(() -> alone.take(limit, caller));
  }

  @Override
  public void giveBack(RateLimit limit, String caller) {
    Optional<Boolean> given =
        inRedis(
            limit,
            caller,
            bucket -> {
              bucket.addTokens(1);
              return true;
            });
    if (given.isEmpty()) {
      alone.giveBack(limit, caller);
    }
  }

  @Override
  public void forget(RateLimit limit, String caller) {
    alone.forget(limit, caller);
    byte[] key = key(limit, caller);
    redis.ask(Use.WRITE, connection -> Optional.ofNullable(connection.sync().del(key)));
  }

  @Override
  public boolean shared() {
    return true;
  }

  private <T> Optional<T> inRedis(RateLimit limit, String caller, Function<Bucket, T> work) {
    byte[] key = key(limit, caller);
    ReentrantLock turn = turns[Math.floorMod(Arrays.hashCode(key), LOCKS)];
    if (!comesSoon(turn)) {
      return Optional.empty();
    }
    try {
      return redis.ask(Use.WRITE, connection -> Optional.of(work(connection, key, limit, work)));
    } finally {
      turn.unlock();
    }
  }

  private boolean comesSoon(ReentrantLock turn) {
    try {
      return turn.tryLock(redis.config().commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A limit that was changed in the settings begins with full buckets. */
  private byte[] key(RateLimit limit, String caller) {
    return redis
        .keys()
        .of("rate", limit.name(), limit.tokens() + " " + limit.period() + " " + caller);
  }

  private <T> T work(
      StatefulRedisConnection<byte[], byte[]> connection,
      byte[] key,
      RateLimit limit,
      Function<Bucket, T> work) {
    try {
      return work.apply(bucket(connection, key, limit));
    } catch (RuntimeException e) {
      if (RedisFailures.of(e, "").kind() == PortFailure.Kind.CORRUPT_DATA) {
        connection.sync().del(key); // what lies there is no bucket; the next caller gets one
      }
      throw e;
    }
  }

  private Bucket bucket(
      StatefulRedisConnection<byte[], byte[]> connection, byte[] key, RateLimit limit) {
    var buckets = new SealedBuckets<byte[]>(connection.async(), redis.seals(), redis.place());
    return new Bucket4jLettuce.LettuceBasedProxyManagerBuilder<>(buckets)
        .clientClock(Buckets.meter(clock))
        .requestTimeout(redis.config().commandTimeout().multipliedBy(4))
        .expirationAfterWrite(
            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(SPARE))
        .build()
        .builder()
        .build(key, () -> Buckets.configuration(limit));
  }
}
