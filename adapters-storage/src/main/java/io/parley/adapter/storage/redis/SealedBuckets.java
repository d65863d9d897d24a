package io.parley.adapter.storage.redis;

import io.github.bucket4j.redis.lettuce.RedisApi;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.PipelinedRedisFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What Bucket4j asks of Redis, with every state sealed. Bucket4j believes what it reads: a few
 * bytes of somebody else's could have it ask for gigabytes of memory.
 *
 * @param <K> an array of bytes; a name of its own, because Bucket4j's arrays of keys are arrays of
 *     objects
 */
record SealedBuckets<K>(
    RedisAsyncCommands<byte[], byte[]> commands, SealedValues seals, String place)
    implements RedisApi<K> {
  /** More than a state has; no more than that is read. */
  private static final int MOST = 1_024;

  /** States are all parameters but the last, which is how long they are kept. */
  @Override
  public <V> RedisFuture<V> eval(
      String script, ScriptOutputType type, K[] keys, byte[][] parameters) {
    byte[] key = bytes(keys[0]);
    byte[][] sealed = parameters.clone();
    for (int i = 0; i < sealed.length - 1; i++) {
      sealed[i] = seals.seal(key, sealed[i]);
    }
    return commands.eval(script, type, new byte[][] {key}, sealed);
  }

  @Override
  public RedisFuture<byte[]> get(K name) {
    byte[] key = bytes(name);
    CompletionStage<byte @Nullable []> read =
        range(key)
            .thenCompose(
                some -> some.length > 0 ? CompletableFuture.completedStage(some) : unlessGone(key));
    return new PipelinedRedisFuture<>(read.thenApply(sealed -> opened(key, sealed)));
  }

  private CompletionStage<byte[]> range(byte[] key) {
    return commands.getrange(key, 0, MOST);
  }

  /** What is not there reads like what is empty. */
  private CompletionStage<byte @Nullable []> unlessGone(byte[] key) {
    return commands
        .exists(key)
        .thenCompose(count -> count == 0 ? CompletableFuture.completedStage(null) : range(key));
  }

  private byte @Nullable [] opened(byte[] key, byte @Nullable [] sealed) {
    return sealed == null
        ? null
        : seals.open(key, sealed).orElseThrow(() -> RedisFailures.foreign(place));
  }

  @Override
  public RedisFuture<?> delete(K key) {
    return commands.del(bytes(key));
  }

  private static byte[] bytes(Object key) {
    return (byte[]) key;
  }
}
