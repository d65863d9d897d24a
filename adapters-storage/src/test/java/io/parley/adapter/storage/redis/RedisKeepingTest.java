package io.parley.adapter.storage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.api.sync.RedisCommands;
import io.parley.adapter.storage.cache.CachingEmbedder;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.storage.CacheSpace;
import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateDecision.Admitted;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.storage.LocalRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What lies in Redis, and what becomes of it when somebody else writes there. */
class RedisKeepingTest {
  private static final CacheSpace SPACE = new CacheSpace("space", Duration.ofHours(1));
  private static final RateLimit FIVE = RateLimit.perMinute("five", 5);
  private static final byte[] VALUE = "value".getBytes(UTF_8);

  @RegisterExtension private final SharedRedis redis = new SharedRedis();
  private final LocalRedis server = SharedRedis.server();
  private final String namespace = SharedRedis.newNamespace();
  private final RedisCommands<String, String> commands = redis.commands(server);
  private final Instant now = Instant.now();

  private RedisConnection open() {
    return redis.open(SharedRedis.config(server, namespace));
  }

  private List<String> keys() {
    return commands.keys("parley:" + namespace + ":*");
  }

  private static long remaining(RateDecision decision) {
    return decision instanceof Admitted admitted ? admitted.remaining() : -1;
  }

  @Test
  void keysSayNothingOfWhatIsAskedAndByWhomAndEndByThemselves() {
    RedisConnection connection = open();
    RedisCache.on(connection).put(SPACE, "Who is the ferryman of Orrinmoor?", VALUE);
    RedisRateLimiter.on(connection, () -> now).take(FIVE, "address 192.0.2.7");

    assertThat(keys())
        .hasSize(2)
        .allMatch(key -> key.matches("parley:[0-9a-f-]{36}:(cache:space|rate:five):[0-9a-f]{64}"))
        .allSatisfy(key -> assertThat(commands.pttl(key)).isBetween(1L, 3_600_000L));
  }

  @Test
  void installationsInOneRedisDoNotMix() {
    RedisConfig mine = SharedRedis.config(server, namespace);
    RedisCache.on(redis.open(mine)).put(SPACE, "ferry", VALUE);
    RedisConfig elsewhere = SharedRedis.config(server, SharedRedis.newNamespace());
    assertThat(RedisCache.on(redis.open(elsewhere)).get(SPACE, "ferry")).isEmpty();

    RedisConfig otherSecret =
        RedisConfig.of(mine.url(), namespace, new Secret("another secret of thirty-two or more"));
    assertThat(RedisCache.on(redis.open(otherSecret)).get(SPACE, "ferry")).isEmpty();
  }

  @Test
  void somethingElseUnderAKeyIsAMissAndIsWrittenOver() {
    RedisCache cache = RedisCache.on(open());
    cache.put(SPACE, "ferry", VALUE);
    String key = keys().getFirst();
    commands.del(key);
    commands.lpush(key, "a list");

    assertThat(cache.get(SPACE, "ferry")).isEmpty();
    cache.put(SPACE, "ferry", VALUE);
    assertThat(cache.get(SPACE, "ferry")).contains(VALUE);
  }

  @Test
  void aBucketThatIsNoneIsCountedInTheProcessAndMadeAnew() {
    RateLimiter limiter = RedisRateLimiter.on(open(), () -> now);
    RateLimiter another = RedisRateLimiter.on(open(), () -> now);
    assertThat(remaining(limiter.take(FIVE, "ada"))).isEqualTo(4);
    String key = keys().getFirst();
    for (int i = 0; i < 3; i++) {
      commands.del(key);
      switch (i) {
        case 0 -> commands.lpush(key, "a list");
        case 1 -> commands.set(key, "");
        default -> commands.set(key, "no bucket at all, of some length");
      }

      assertThat(remaining(limiter.take(FIVE, "ada"))).isEqualTo(4 - i);
      assertThat(remaining(limiter.take(FIVE, "ada"))).isEqualTo(4);
      assertThat(remaining(another.take(FIVE, "ada"))).isEqualTo(3);
    }
  }

  @Test
  void twoProcessesComputeOneVector() {
    AtomicInteger computed = new AtomicInteger();
    try (CachingEmbedder one = caching(computed);
        CachingEmbedder two = caching(computed)) {
      float[] vector = one.embedQuery("Who is the ferryman?");

      assertThat(two.embedQuery("Who is the ferryman?")).isEqualTo(vector);
      assertThat(computed).hasValue(1);

      commands.set(keys().getFirst(), "cut short");
      assertThat(two.embedQuery("Who is the ferryman?")).isEqualTo(vector);
      assertThat(one.embedQuery("Who is the ferryman?")).isEqualTo(vector);
      assertThat(computed).hasValue(2);
    }
  }

  private CachingEmbedder caching(AtomicInteger computed) {
    Embedder counted = new Counted(new HashingEmbedder(256), computed);
    return CachingEmbedder.open(counted, RedisCache.on(open()));
  }

  private record Counted(Embedder inner, AtomicInteger computed) implements Embedder {
    @Override
    public EmbeddingModel model() {
      return inner.model();
    }

    @Override
    public List<float[]> embedPassages(List<String> passages) {
      return inner.embedPassages(passages);
    }

    @Override
    public float[] embedQuery(String query) {
      computed.incrementAndGet();
      return inner.embedQuery(query);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  @Test
  void aPasswordIsGivenAndNeverSaid() {
    String password = "correct horse @ 4711";
    LocalRedis guarded =
        redis.keep(SharedRedis.required(LocalRedis.tryStart("requirepass \"" + password + "\"")));
    String place = "127.0.0.1:" + guarded.port();
    RedisConnection right = with("redis://:correct%20horse%20%40%204711@" + place + "/3");
    right.requireUsable();
    RedisCache.on(right).put(SPACE, "ferry", VALUE);
    assertThat(RedisCache.on(right).get(SPACE, "ferry")).contains(VALUE);

    for (String wrong : List.of("redis://:s3cr3t-0815@" + place, "redis://" + place)) {
      assertThatThrownBy(with(wrong)::requireUsable)
          .isInstanceOfSatisfying(
              PortFailure.class,
              e -> assertThat(e.kind()).isEqualTo(PortFailure.Kind.CREDENTIALS_REJECTED))
          .hasMessageContaining("REDIS_URL")
          .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cr3t", "horse"));
    }
  }

  @Test
  void aUserWhoMayTooLittleIsTold() {
    LocalRedis guarded =
        redis.keep(
            SharedRedis.required(
                LocalRedis.tryStart(
                    "user reader on >reading ~parley:* +@connection +getrange",
                    "user parley on >writing ~parley:* +@connection +get +getrange +exists +set +del +eval")));
    String place = "127.0.0.1:" + guarded.port();
    RedisConnection enough = with("redis://parley:writing@" + place);
    RedisCache.on(enough).put(SPACE, "ferry", VALUE);
    RedisRateLimiter.on(enough, () -> now).take(FIVE, "ada");
    enough.requireUsable();

    RedisConnection reader = with("redis://reader:reading@" + place);
    RedisCache.on(reader).put(SPACE, "bread", VALUE);

    assertThatThrownBy(reader::requireUsable).hasMessageContaining("docs/setup/redis.md");
    assertThat(RedisCache.on(reader).get(SPACE, "ferry")).contains(VALUE);
  }

  private RedisConnection with(String url) {
    RedisConfig config = RedisConfig.of(RedisUrl.parse(url), namespace, SharedRedis.SECRET);
    return redis.open(SharedRedis.patient(config, Duration.ofSeconds(5)));
  }
}
