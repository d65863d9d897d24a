package io.parley.application.reconciliation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one store.
 *
 * @param store {@code vectors}, {@code words}, {@code blobs}, {@code rows}, …
 * @param lookedAt how many things were compared
 * @param missing what the store should have and has not
 * @param orphaned what belongs to nothing
 * @param repeated what is there more than once
 * @param wrong what does not fit together otherwise
 * @param repaired how much of all that was put right
 * @param left how much was not, be it that only people can
 * @param details some of what was left, and why
 * @param failure why the store could not be looked at to its end; absent when it could
 */
public record StoreReport(
    String store,
    long lookedAt,
    long missing,
    long orphaned,
    long repeated,
    long wrong,
    long repaired,
    long left,
    List<Left> details,
    @Nullable String failure) {

  public StoreReport {
    details = List.copyOf(details);
  }

  /**
   * Something that was not put right.
   *
   * @param what its id, or where it lies
   */
  public record Left(String what, String why) {}

  /** As plain values. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("store", store);
    map.put("looked_at", lookedAt);
    map.put("missing", missing);
    map.put("orphaned", orphaned);
    map.put("repeated", repeated);
    map.put("wrong", wrong);
    map.put("repaired", repaired);
    map.put("left", left);
    map.put(
        "details",
        details.stream().map(left -> Map.of("what", left.what(), "why", left.why())).toList());
    if (failure != null) {
      map.put("failure", failure);
    }
    return map;
  }
}
