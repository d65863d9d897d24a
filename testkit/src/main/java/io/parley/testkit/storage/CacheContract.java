package io.parley.testkit.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.parley.domain.port.storage.Cache;
import io.parley.domain.port.storage.CacheSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every cache keeps. */
public abstract class CacheContract {
  private static final CacheSpace HOUR = new CacheSpace("hour", Duration.ofHours(1));
  private static final CacheSpace OTHER = new CacheSpace("other", Duration.ofHours(1));
  private static final CacheSpace SHORT = new CacheSpace("short", Duration.ofMillis(200));
  private static final int THREADS = 8;

  /** A new, empty cache. */
  protected abstract Cache create();

  /** Another one on the backend of the one that was created last; its own where there is none. */
  protected abstract Cache another();

  /** Lets time pass for the caches: by moving their clock, or by waiting. */
  protected abstract void pass(Duration time);

  /** Whether {@link #pass} moves a clock, so that nothing else passes. */
  protected abstract boolean movesClock();

  /** A length that the cache does not keep, in bytes. */
  protected abstract int tooLarge();

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void givesWhatWasPut() {
    Cache cache = create();
    assertThat(cache.get(HOUR, "ferry")).isEmpty();

    cache.put(HOUR, "ferry", bytes("one"));
    assertThat(cache.get(HOUR, "ferry")).contains(bytes("one"));
    cache.put(HOUR, "ferry", bytes("two"));
    assertThat(cache.get(HOUR, "ferry")).contains(bytes("two"));
  }

  @Test
  void givesEveryCallerAnArrayOfItsOwn() {
    Cache cache = create();
    byte[] given = bytes("value");
    cache.put(HOUR, "ferry", given);

    Arrays.fill(given, (byte) 7);
    Arrays.fill(cache.get(HOUR, "ferry").orElseThrow(), (byte) 8);

    assertThat(cache.get(HOUR, "ferry")).contains(bytes("value"));
  }

  @Test
  void keepsBytesOfEveryKindAndLength() {
    Cache cache = create();
    for (int length : new int[] {0, 1, 2, 1_023, 12_288, 1 << 20}) {
      cache.put(HOUR, "ferry", bytes(length));
      assertThat(cache.get(HOUR, "ferry")).as("%s bytes", length).contains(bytes(length));
    }
  }

  @Test
  void keepsNothingThatIsTooLargeAndNotWhatItWasToReplace() {
    Cache cache = create();
    cache.put(HOUR, "ferry", bytes("small"));
    cache.put(HOUR, "bread", bytes("small"));

    cache.put(HOUR, "ferry", new byte[tooLarge()]);

    assertThat(cache.get(HOUR, "ferry")).isEmpty();
    assertThat(cache.get(HOUR, "bread")).contains(bytes("small"));
  }

  @Test
  void forgetsWhatIsRemoved() {
    Cache cache = create();
    cache.put(HOUR, "ferry", bytes("one"));
    cache.put(HOUR, "bread", bytes("two"));

    cache.remove(HOUR, "ferry");
    cache.remove(HOUR, "never there");

    assertThat(cache.get(HOUR, "ferry")).isEmpty();
    assertThat(cache.get(HOUR, "bread")).contains(bytes("two"));
  }

  @Test
  void tellsKeysAndSpacesApartWhateverTheyAre() {
    Cache cache = create();
    List<String> keys = new ArrayList<>(NastyNames.ALL);
    keys.addAll(
        List.of(
            "", " ", "\n", "\0", "a:b", "a", "*", "a\r\nDEL a", "\u00e9", "key ".repeat(300_000)));

    for (int i = 0; i < keys.size(); i++) {
      cache.put(HOUR, keys.get(i), bytes("hour " + i));
      cache.put(OTHER, keys.get(i), bytes("other " + i));
    }

    for (int i = 0; i < keys.size(); i++) {
      assertThat(cache.get(HOUR, keys.get(i))).as("key %s", i).contains(bytes("hour " + i));
      assertThat(cache.get(OTHER, keys.get(i))).as("key %s", i).contains(bytes("other " + i));
    }
    cache.remove(OTHER, "a");
    assertThat(cache.get(HOUR, "a")).isPresent();
  }

  @Test
  void forgetsAValueWhenItsTimeIsOver() {
    Cache cache = create();
    cache.put(SHORT, "ferry", bytes("short"));
    cache.put(HOUR, "ferry", bytes("long"));

    pass(SHORT.keepFor());

    assertThat(cache.get(SHORT, "ferry")).isEmpty();
    assertThat(cache.get(HOUR, "ferry")).contains(bytes("long"));
  }

  @Test
  void countsTheTimeFromTheLastPut() {
    assumeThat(movesClock()).as("Only where the clock is the test's.").isTrue();
    Cache cache = create();
    cache.put(HOUR, "ferry", bytes("one"));
    pass(Duration.ofMinutes(50));
    assertThat(cache.get(HOUR, "ferry")).isPresent();
    cache.put(HOUR, "ferry", bytes("two"));

    pass(Duration.ofMinutes(60).minusNanos(1));
    assertThat(cache.get(HOUR, "ferry")).contains(bytes("two"));
    pass(Duration.ofNanos(1));
    assertThat(cache.get(HOUR, "ferry")).isEmpty();
  }

  @Test
  void givesWholeValuesToThreadsThatPutAndGetAtTheSameTime() throws Exception {
    Cache cache = create();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        byte mark = (byte) t;
        work.add(() -> putAndGet(cache, mark));
      }
      for (Future<Boolean> whole : threads.invokeAll(work)) {
        assertThat(whole.get()).isTrue();
      }
    }
  }

  private static boolean putAndGet(Cache cache, byte mark) {
    byte[] value = new byte[4_096];
    Arrays.fill(value, mark);
    boolean whole = true;
    for (int i = 0; i < 100; i++) {
      cache.put(HOUR, "key " + i % 3, value);
      byte[] found = cache.get(HOUR, "key " + i % 3).orElse(value);
      byte[] expected = new byte[value.length];
      Arrays.fill(expected, found[0]);
      whole &= Arrays.equals(found, expected);
    }
    return whole;
  }

  @Test
  void othersSeeWhatWasPutWhereTheBackendIsShared() {
    Cache cache = create();
    Cache another = another();
    assertThat(another.shared()).isEqualTo(cache.shared());

    cache.put(HOUR, "ferry", bytes("one"));

    assertThat(another.get(HOUR, "ferry").isPresent()).isEqualTo(cache.shared());
    another.remove(HOUR, "ferry");
    assertThat(cache.get(HOUR, "ferry").isPresent()).isEqualTo(!cache.shared());
  }
}
