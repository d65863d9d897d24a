package io.parley.adapter.storage.redis;

import io.parley.domain.port.PortFailure;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log of trouble when it begins and when it is over, and not of each call. */
final class Outages {
  private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
  private static final long SILENCE = 600_000_000_000L;

  private final LongSupplier nanos;
  private final Map<PortFailure.Kind, Long> told = new EnumMap<>(PortFailure.Kind.class);
  private boolean open;

  /**
   * @param nanos what {@link System#nanoTime()} says
   */
  Outages(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Said at most once in ten minutes for each kind; whether it was said. */
  synchronized boolean began(PortFailure failure) {
    long now = nanos.getAsLong();
    Long last = told.get(failure.kind());
    if (last != null && now - last < SILENCE) {
      return false;
    }
    told.put(failure.kind(), now);
    open = true;
    LOG.warn(
        "{} Meanwhile its cache is not used, and each server counts rate limits by itself.",
        failure.sentence());
    return true;
  }

  /** Said when the beginning was; whether it was said. */
  synchronized boolean ended(String place) {
    if (!open) {
      return false;
    }
    open = false;
    LOG.info("Redis at {} is used for caches and rate limits again.", place);
    return true;
  }
}
