package io.parley.application.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of checks found.
 *
 * @param leftBehind what could not be taken away
 * @param stopped whether it was ended before it was through
 */
public record CheckReport(List<CheckResult> results, List<String> leftBehind, boolean stopped) {

  public CheckReport {
    results = List.copyOf(results);
    leftBehind = List.copyOf(leftBehind);
  }

  /** Whether everything that was tried passed, to the end, and nothing is left of it. */
  public boolean passed() {
    return !stopped && leftBehind.isEmpty() && results.stream().noneMatch(CheckResult::failed);
  }

  /** How many have that status. */
  public long count(String status) {
    return results.stream().filter(result -> result.status().equals(status)).count();
  }

  /** This one, then another. */
  public CheckReport and(CheckReport other) {
    List<CheckResult> all = new ArrayList<>(results);
    all.addAll(other.results);
    List<String> left = new ArrayList<>(leftBehind);
    left.addAll(other.leftBehind);
    return new CheckReport(all, left, stopped || other.stopped);
  }

  /** Plain values, as JSON has them. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("status", passed() ? "passed" : "failed");
    map.put("passed", count("passed"));
    map.put("failed", count("failed"));
    map.put("skipped", count("skipped"));
    map.put("stopped", stopped);
    map.put("checks", results.stream().map(CheckResult::asMap).toList());
    map.put("left_behind", leftBehind);
    return map;
  }

  /** What {@link #asMap} made. */
  public static CheckReport of(Map<String, Object> map) {
    List<CheckResult> results = new ArrayList<>();
    if (map.get("checks") instanceof List<?> checks) {
      for (Object check : checks) {
        if (check instanceof Map<?, ?> result) {
          results.add(CheckResult.of(result));
        }
      }
    }
    List<String> left =
        map.get("left_behind") instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of();
    return new CheckReport(results, left, Boolean.TRUE.equals(map.get("stopped")));
  }
}
