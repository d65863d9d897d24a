package io.parley.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a check of the stores found. */
public final class Findings {
  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();

  void violation(String rule, String detail) {
    violations.add(new Violation(rule, detail));
  }

  /** Of what was looked at, or of what is allowed for now and worth knowing. */
  void count(String what, long more) {
    counts.merge(what, more, Long::sum);
  }

  /** Makes a violation of what was counted, where it is not allowed any more. */
  public void requireNone(String what, String rule) {
    long many = counts.getOrDefault(what, 0L);
    if (many > 0) {
      violation(rule, many + " " + what);
    }
  }

  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** What was looked at, so that a check that looked at nothing is noticed. */
  public Map<String, Long> counts() {
    return counts;
  }
}
