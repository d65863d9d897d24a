package io.parley.application.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** How long calls of one kind took. */
final class Latencies {
  private static final double NANOS = 1_000_000.0;

  private final List<Long> nanos = new ArrayList<>();

  <T> T of(Supplier<T> call) {
    long begun = System.nanoTime();
    T result = call.get();
    nanos.add(System.nanoTime() - begun);
    return result;
  }

  /** The median, in words. */
  @Override
  public String toString() {
    long median = nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElse(0L);
    return String.format(Locale.ROOT, "median of %d: %.2f ms", nanos.size(), median / NANOS);
  }
}
