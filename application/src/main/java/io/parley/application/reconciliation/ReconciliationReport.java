package io.parley.application.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What a run has found in all stores.
 *
 * @param dryRun whether it only looked
 */
public record ReconciliationReport(
    Instant startedAt, Instant endedAt, boolean dryRun, List<StoreReport> stores) {

  public ReconciliationReport {
    stores = List.copyOf(stores);
  }

  /** Whether every store was looked at to its end. */
  public boolean complete() {
    return stores.stream().allMatch(store -> store.failure() == null);
  }

  /** As plain values. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("started_at", startedAt.toString());
    map.put("ended_at", endedAt.toString());
    map.put("dry_run", dryRun);
    map.put("complete", complete());
    map.put("stores", stores.stream().map(StoreReport::asMap).toList());
    return map;
  }

  /** One line for people. */
  public String summary() {
    long seconds = Duration.between(startedAt, endedAt).toSeconds();
    return "%d looked at, %d missing, %d orphaned, %d repeated, %d wrong, %d put right, %d left, in %d s%s"
        .formatted(
            sum(StoreReport::lookedAt),
            sum(StoreReport::missing),
            sum(StoreReport::orphaned),
            sum(StoreReport::repeated),
            sum(StoreReport::wrong),
            sum(StoreReport::repaired),
            sum(StoreReport::left),
            seconds,
            complete() ? "" : ", not all stores could be looked at");
  }

  private long sum(ToLongFunction<StoreReport> count) {
    return stores.stream().mapToLong(count).sum();
  }
}
