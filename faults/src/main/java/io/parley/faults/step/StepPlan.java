package io.parley.faults.step;

import io.parley.testkit.fault.FaultPoint;
import io.parley.testkit.fault.FaultPoint.Effect;
import io.parley.testkit.fault.FaultPoint.Moment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which calls break: every call of every method of each flow, before it and after it, as often as
 * it was called in runs without a fault; and what was hit of them. Several threads may ask.
 */
final class StepPlan {
  /** Of a method that is called all the time, later calls are like earlier ones. */
  private static final long CALLS_OF_A_METHOD = 15;

  /** Its calls are those of the other flows, beside each other. */
  private static final int WHOLE_ONE_IN = 5;

  /** What a process calls before it is asked for anything. */
  private static final String RECOVERY = "recovery";

  private final Random random;
  private final Map<String, Map<String, Long>> calls = new TreeMap<>();

  /** By what was halted before them; each of its calls as often as it was made. */
  private final Map<String, List<Map<String, Long>>> recoveries = new HashMap<>();

  private final Set<Target> hit = new HashSet<>();
  private final Set<Target> failed = new HashSet<>();
  private final List<Target> waiting = new ArrayList<>();

  /**
   * A point of a flow.
   *
   * @param flow {@link FlowKind}, or the recovery
   */
  record Target(String flow, FaultPoint point) {
    Target failing(Effect effect) {
      return new Target(flow, new FaultPoint(point.method(), point.nth(), point.moment(), effect));
    }

    @Override
    public String toString() {
      return flow + " " + point;
    }
  }

  StepPlan(Random random) {
    this.random = random;
  }

  /** What a flow called in a run without a fault. */
  synchronized void learn(FlowKind flow, Map<String, Long> counts) {
    learn(flow.toString(), counts);
  }

  /**
   * What a process called while it recovered.
   *
   * @param after what the process before it was doing when it was halted
   */
  synchronized void learnRecovery(String after, Map<String, Long> counts) {
    learn(RECOVERY, counts);
    recoveries.computeIfAbsent(after, _ -> new ArrayList<>()).add(new TreeMap<>(counts));
  }

  private void learn(String flow, Map<String, Long> counts) {
    Map<String, Long> most = calls.computeIfAbsent(flow, _ -> new TreeMap<>());
    counts.forEach((method, count) -> most.merge(method, count, Math::max));
  }

  /** The next halt of a flow: each once, and then those first that were never reached. */
  synchronized Target next() {
    if (waiting.isEmpty()) {
      List<Target> left = calls.keySet().stream().flatMap(f -> notHit(f).stream()).toList();
      Collection<Target> all =
          left.size() > 10 ? left : calls.keySet().stream().flatMap(f -> of(f).stream()).toList();
      all.stream().filter(this::isWanted).forEach(waiting::add);
      Collections.shuffle(waiting, random);
    }
    return waiting.removeLast();
  }

  /** Recoveries are halted on the way, and the longest flow is tried by samples. */
  private boolean isWanted(Target target) {
    return !target.flow().equals(RECOVERY)
        && (!target.flow().equals(FlowKind.WHOLE.toString()) || random.nextInt(WHOLE_ONE_IN) == 0);
  }

  /** A call of a flow that fails, and ends nothing. */
  synchronized Target nextFailure() {
    List<String> flows = calls.keySet().stream().filter(f -> !f.equals(RECOVERY)).toList();
    List<Target> points = of(flows.get(random.nextInt(flows.size())));
    Effect effect = random.nextBoolean() ? Effect.UNAVAILABLE : Effect.TIMEOUT;
    return anyOf(points).failing(effect);
  }

  /**
   * A halt while a process recovers: one of the calls that recoveries after the same work have made
   * before, each as likely as it was made, and those first that were never reached. So what only
   * some of them do, late, is reached when the first calls have had their turn.
   *
   * @param after what the process before it was doing when it was halted
   */
  synchronized Target nextRecovery(String after) {
    List<Target> known =
        recoveries.getOrDefault(after, List.of()).stream()
            .flatMap(counts -> of(RECOVERY, counts).stream())
            .toList();
    List<Target> some = known.isEmpty() ? of(RECOVERY) : known;
    List<Target> left = some.stream().filter(target -> !hit.contains(target)).toList();
    return anyOf(left.isEmpty() ? some : left);
  }

  private Target anyOf(List<Target> targets) {
    return targets.get(random.nextInt(targets.size()));
  }

  synchronized void broke(Target target) {
    (target.point().effect() == Effect.HALT ? hit : failed).add(target);
  }

  private List<Target> notHit(String flow) {
    return of(flow).stream().filter(target -> !hit.contains(target)).toList();
  }

  private List<Target> of(String flow) {
    return of(flow, calls.getOrDefault(flow, Map.of()));
  }

  private static List<Target> of(String flow, Map<String, Long> counts) {
    List<Target> targets = new ArrayList<>();
    counts.forEach((method, count) -> {
      for (long nth = 1; nth <= Math.min(count, CALLS_OF_A_METHOD); nth++) {
        for (Moment moment : Moment.values()) {
          targets.add(new Target(flow, new FaultPoint(method, nth, moment, Effect.HALT)));
        }
      }
    });
    return targets;
  }

  /** For the report: how many points each flow has, how many were hit, and which never. */
  synchronized Map<String, Object> coverage() {
    Map<String, Object> flows = new TreeMap<>();
    List<String> never = new ArrayList<>();
    for (String flow : calls.keySet()) {
      List<Target> left = notHit(flow);
      long points = of(flow).size();
      flows.put(flow, Map.of("points", points, "halted at", points - left.size()));
      left.forEach(target -> never.add(target.toString()));
    }
    return Map.of(
        "distinct points halted at",
        hit.size(),
        "distinct calls that failed",
        failed.size(),
        "flows",
        flows,
        "never halted at",
        never);
  }
}
