package io.parley.application.check;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one check.
 *
 * @param subject the backend's name
 * @param took until it was known
 */
public record CheckResult(String subject, String check, Verdict verdict, Duration took) {
  private static final double NANOS = 1_000_000.0;

  public boolean failed() {
    return verdict instanceof Verdict.Failed;
  }

  /** Milliseconds with two places. */
  public double millis() {
    return Math.round(took.toNanos() / NANOS * 100) / 100.0;
  }

  /** {@code passed}, {@code failed} or {@code skipped}. */
  public String status() {
    return switch (verdict) {
      case Verdict.Passed _ -> "passed";
      case Verdict.Failed _ -> "failed";
      case Verdict.Skipped _ -> "skipped";
    };
  }

  /** What there is to say of it; may be empty. */
  public String detail() {
    return switch (verdict) {
      case Verdict.Passed(String found) -> found;
      case Verdict.Failed(String sentence, _) -> sentence;
      case Verdict.Skipped(String why) -> why;
    };
  }

  /** What to do about a failure; empty for all else. */
  public String remedy() {
    return verdict instanceof Verdict.Failed(_, String what) ? what : "";
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("subject", subject);
    map.put("check", check);
    map.put("status", status());
    map.put("latency_ms", millis());
    put(map, "detail", detail());
    put(map, "remedy", remedy());
    return map;
  }

  private static void put(Map<String, Object> map, String name, String text) {
    if (!text.isEmpty()) {
      map.put(name, text);
    }
  }

  static CheckResult of(Map<?, ?> map) {
    String detail = text(map.get("detail"));
    Verdict verdict =
        switch (text(map.get("status"))) {
          case "passed" -> new Verdict.Passed(detail);
          case "skipped" -> new Verdict.Skipped(detail);
          default -> new Verdict.Failed(detail, text(map.get("remedy")));
        };
    double millis = map.get("latency_ms") instanceof Number number ? number.doubleValue() : 0;
    return new CheckResult(
        text(map.get("subject")),
        text(map.get("check")),
        verdict,
        Duration.ofNanos((long) (millis * NANOS)));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
