package io.parley.application.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bent;
import io.parley.application.check.CacheProbe.OpenCache;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.Cache;
import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import io.parley.testkit.storage.InMemoryCache;
import io.parley.testkit.storage.InMemoryRateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each thing that is tried on a cache is shown to fail once. */
class CacheProbeTest {
  /** Passes by itself, so that nobody waits for what is to end. */
  private final AtomicInteger asked = new AtomicInteger();

  private final InstantSource clock =
      () -> Instant.EPOCH.plus(Duration.ofMillis(200L * asked.getAndIncrement()));
  private final InMemoryCache cache = new InMemoryCache(clock);
  private final InMemoryRateLimiter limiter = new InMemoryRateLimiter(() -> Instant.EPOCH);
  private final AtomicInteger open = new AtomicInteger();

  private Tried tried(Supplier<OpenCache> opener) {
    return Tried.on(new CacheProbe(Tried.SUBJECT, IdSource.random(), Duration.ZERO, opener));
  }

  private OpenCache opened(Cache kept, RateLimiter counting, Runnable requireUsable) {
    open.incrementAndGet();
    return new OpenCache(kept, counting, requireUsable, open::decrementAndGet);
  }

  private Tried bentCache(String method, Bent.Bend bend) {
    Cache bent = Bent.port(Cache.class, cache, method, bend);
    return tried(() -> opened(bent, limiter, () -> {}));
  }

  private Tried bentLimiter(String method, Bent.Bend bend) {
    RateLimiter bent = Bent.port(RateLimiter.class, limiter, method, bend);
    return tried(() -> opened(cache, bent, () -> {}));
  }

  @Test
  void aSoundOnePassesAndKeepsNothing() {
    tried(() -> opened(cache, limiter, () -> {})).assertSound();
    assertThat(cache.size()).isZero();
    assertThat(open).hasValue(0);
  }

  @Test
  void oneThatDoesNotAnswerIsToldAndClosed() {
    PortFailure away = new PortFailure(PortFailure.Kind.UNAVAILABLE, "x", "It is away.", null);
    Tried tried =
        tried(() ->
            opened(
                cache,
                limiter,
                () -> {
                  throw away;
                }));

    tried.assertFails("connect", "It is away");
    assertThat(tried.report().count("skipped")).isEqualTo(5);
    assertThat(open).hasValue(0);
  }

  @Test
  void oneThatIsFullIsTold() {
    AtomicInteger writes = new AtomicInteger();
    Cache full =
        Bent.port(
            Cache.class,
            cache,
            "put",
            (_, _) -> {
              writes.incrementAndGet();
              return null;
            });
    Tried tried =
        tried(() ->
            opened(
                full,
                limiter,
                () -> {
                  if (writes.get() > 0) {
                    throw new PortFailure(PortFailure.Kind.STORAGE_FULL, "x", "Full.", null);
                  }
                }));

    tried.assertFails("write and read", "Full.");
  }

  @Test
  void aValueThatIsLostOrChangedIsNoticed() {
    bentCache("get", (_, _) -> Optional.empty()).assertFails("write and read", "not there");
    bentCache("get", (_, _) -> Optional.of(new byte[] {1}))
        .assertFails("write and read", "otherwise");
  }

  @Test
  void aValueThatDoesNotEndIsNoticed() {
    Cache timeless = new InMemoryCache(() -> Instant.EPOCH);
    tried(() -> opened(timeless, limiter, () -> {})).assertFails("expiry", "still given");
  }

  @Test
  void aLimitThatIsCountedWronglyIsNoticed() {
    bentLimiter(
            "take",
            (_, right) -> {
              right.call();
              return right.call();
            })
        .assertFails("count", "not counted");
    bentLimiter("giveBack", (_, _) -> null).assertFails("count", "given back");
  }

  @Test
  void aLimitThatNeverEndsIsNoticed() {
    InMemoryRateLimiter fresh = new InMemoryRateLimiter(() -> Instant.EPOCH);
    bentLimiter(
            "take",
            (arguments, right) -> {
              Object decision = right.call();
              return decision instanceof RateDecision.Refused
                  ? fresh.take((RateLimit) arguments[0], "somebody else")
                  : decision;
            })
        .assertFails("count", "still admits");
  }

  @Test
  void twoThatDoNotAgreeAreNoticed() {
    Tried values = tried(() -> opened(new InMemoryCache(clock), limiter, () -> {}));
    values.assertFails("another connection", "does not see");

    Tried counts =
        tried(() -> opened(cache, new InMemoryRateLimiter(() -> Instant.EPOCH), () -> {}));
    counts.assertFails("another connection", "counts by itself");
  }

  @Test
  void whatCannotBeDeletedIsNoticedAndNamed() {
    Tried tried = bentCache("remove", (_, _) -> null);
    tried.assertFails("delete", "still given");
    assertThat(tried.report().leftBehind()).singleElement().asString().contains("end by");
  }
}
