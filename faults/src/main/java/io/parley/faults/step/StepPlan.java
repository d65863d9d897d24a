package io.parley.faults.step;

import io.parley.testkit.fault.FaultPoint;
import io.parley.testkit.fault.FaultPoint.Effect;
import io.parley.testkit.fault.FaultPoint.Moment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which calls break, made from how often each port was called in a run without a fault: every call
 * by its number, and every call of each method by its own number, before and after it. It starts
 * again when it was through.
 */
final class StepPlan {
  /** Of a method that is called all the time, later calls are like earlier ones. */
  private static final long CALLS_OF_A_METHOD = 40;

  private final List<FaultPoint> points;
  private int next;

  private StepPlan(List<FaultPoint> points) {
    this.points = points;
  }

  static StepPlan halts(Map<String, Long> calls, Random order) {
    return new StepPlan(points(calls, List.of(Effect.HALT), order));
  }

  static StepPlan failures(Map<String, Long> calls, Random order) {
    return new StepPlan(points(calls, List.of(Effect.UNAVAILABLE, Effect.TIMEOUT), order));
  }

  private static List<FaultPoint> points(
      Map<String, Long> calls, List<Effect> effects, Random order) {
    List<FaultPoint> points = new ArrayList<>();
    for (Effect effect : effects) {
      for (Moment moment : Moment.values()) {
        long total = calls.values().stream().mapToLong(Long::longValue).sum();
        for (long nth = 1; nth <= total; nth++) {
          points.add(new FaultPoint(FaultPoint.ANY, nth, moment, effect));
        }
        calls.forEach((method, count) -> {
          for (long nth = 1; nth <= Math.min(count, CALLS_OF_A_METHOD); nth++) {
            points.add(new FaultPoint(method, nth, moment, effect));
          }
        });
      }
    }
    Collections.shuffle(points, order);
    return points;
  }

  synchronized FaultPoint next() {
    return points.get(next++ % points.size());
  }

  int size() {
    return points.size();
  }
}
