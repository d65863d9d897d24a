package io.parley.application.check;

import static io.parley.application.check.CheckFailed.unless;

import io.parley.domain.port.IdSource;
import io.parley.domain.port.storage.Cache;
import io.parley.domain.port.storage.CacheSpace;
import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateDecision.Admitted;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries what keeps caches and rate limits, with keys of its own, over two connections. */
public final class CacheProbe implements Probe {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final CacheSpace LONG = new CacheSpace("check", Duration.ofMinutes(10));
  private static final CacheSpace SHORT = new CacheSpace("check-short", Duration.ofSeconds(1));
  private static final RateLimit FOUR = new RateLimit("check", 4, Duration.ofHours(1));
  private static final int READS = 20;

  private final Subject subject;
  private final String key;
  private final byte[] value;
  private final Patience patience;
  private final Supplier<OpenCache> opener;
  private final List<OpenCache> opened = new ArrayList<>();
  private @Nullable OpenCache first;

  /**
   * A connection to what is tried.
   *
   * @param requireUsable fails when it does not answer, or refused what was asked of it last
   */
  public record OpenCache(
      Cache cache, RateLimiter limiter, Runnable requireUsable, Runnable close) {}

  /**
   * A probe that opens nothing yet.
   *
   * @param patience how long after its end a value may still be given
   * @param opener connects anew each time
   */
  public CacheProbe(Subject subject, IdSource ids, Duration patience, Supplier<OpenCache> opener) {
    this.subject = subject;
    this.key = "check " + ids.next();
    this.value = new byte[12_288]; // the largest vector
    new Random().nextBytes(value);
    this.patience = new Patience(patience.plus(SHORT.keepFor()));
    this.opener = opener;
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public List<Check> checks() {
    return List.of(
        Check.needed("connect", LIMIT, this::connect),
        Check.needed("write and read", LIMIT, this::writeAndRead),
        Check.of("expiry", LIMIT, this::expiry),
        Check.of("count", LIMIT, this::count),
        Check.of("another connection", LIMIT, this::another),
        Check.of("delete", LIMIT, this::delete));
  }

  private synchronized OpenCache open() {
    OpenCache made = opener.get();
    opened.add(made);
    return made;
  }

  private OpenCache it() {
    return Optional.ofNullable(first)
        .orElseThrow(() -> new IllegalStateException("It is not open."));
  }

  private Verdict connect() {
    OpenCache made = open();
    first = made;
    Latencies latencies = new Latencies();
    for (int i = 0; i < READS; i++) {
      latencies.of(() -> {
        made.requireUsable().run();
        return true;
      });
    }
    return Verdict.passed(latencies.toString());
  }

  private Verdict writeAndRead() {
    it().cache().put(LONG, key, new byte[] {1});
    it().cache().put(LONG, key, value);
    it().requireUsable().run();
    Latencies latencies = new Latencies();
    for (int i = 0; i < READS; i++) {
      Optional<byte[]> read = latencies.of(() -> it().cache().get(LONG, key));
      it().requireUsable().run();
      unless(read.isPresent(), "A value that was written is not there.");
      unless(
          read.filter(bytes -> Arrays.equals(bytes, value)).isPresent(),
          "A value was read otherwise than it was written.");
    }
    return Verdict.passed(latencies.toString());
  }

  private Verdict expiry() throws InterruptedException {
    it().cache().put(SHORT, key, value);
    it().requireUsable().run();
    long there =
        patience.await(() -> it().cache().get(SHORT, key).isPresent() ? 1 : 0, count -> count == 0);
    it().requireUsable().run();
    unless(there == 0, "A value whose time is over is still given.");
    return Verdict.passed();
  }

  private RateDecision take(OpenCache from) {
    RateDecision decision = from.limiter().take(FOUR, key);
    from.requireUsable().run(); // else it was counted in this process
    return decision;
  }

  private Verdict count() {
    for (long left = FOUR.tokens() - 1; left >= 0; left--) {
      boolean right =
          take(it()) instanceof Admitted(long remaining, Duration _) && remaining == left;
      unless(right, "A limit is not counted as it should be.");
    }
    unless(take(it()) instanceof RateDecision.Refused, "A limit that is used up still admits.");
    it().limiter().giveBack(FOUR, key);
    unless(take(it()) instanceof Admitted, "What was given back is not there.");
    return Verdict.passed();
  }

  private Verdict another() {
    OpenCache other = open();
    other.requireUsable().run();
    unless(
        other.cache().get(LONG, key).filter(bytes -> Arrays.equals(bytes, value)).isPresent(),
        "Another connection does not see what was written: servers would not agree.");
    unless(
        take(other) instanceof RateDecision.Refused,
        "Another connection counts by itself: servers would not agree.");
    return Verdict.passed();
  }

  private Verdict delete() {
    it().cache().remove(LONG, key);
    it().limiter().forget(FOUR, key);
    it().requireUsable().run();
    unless(it().cache().get(LONG, key).isEmpty(), "A value that was deleted is still given.");
    return Verdict.passed();
  }

  /** What could not be deleted ends by itself within the hour. */
  @Override
  public synchronized List<String> cleanUp() {
    List<String> left = new ArrayList<>();
    try {
      if (first != null) {
        first.cache().remove(LONG, key);
        first.cache().remove(SHORT, key);
        first.limiter().forget(FOUR, key);
        if (first.cache().get(LONG, key).isPresent()) {
          left.add("two values in " + subject.name() + ", which end by themselves");
        }
      }
    } finally {
      opened.forEach(each -> each.close().run());
    }
    return left;
  }
}
