package io.parley.faults.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.step.StepPlan.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which calls of a recovery are halted. */
class StepPlanTest {
  private static final int DEEP = 15;

  private final StepPlan plan = new StepPlan(new Random(4711));

  private List<Target> recoveries(String after, int many) {
    return Stream.generate(() -> plan.nextRecovery(after)).limit(many).toList();
  }

  @Test
  void onlyCallsThatRecoveriesFromTheSameWorkHaveMadeAreHalted() {
    plan.learnRecovery("ingest", Map.of("JobQueue.claim", 15L, "TextExtractor.extract", 1L));
    plan.learnRecovery("erase", Map.of("JobQueue.claim", 2L, "BlobStore.deleteAll", 3L));

    assertThat(recoveries("erase", 500))
        .extracting(target -> target.point().method() + "#" + target.point().nth())
        .containsOnly(
            "JobQueue.claim#1",
            "JobQueue.claim#2",
            "BlobStore.deleteAll#1",
            "BlobStore.deleteAll#2",
            "BlobStore.deleteAll#3");
  }

  @Test
  void lateCallsAreHaltedAsOftenAsFirstOnes() {
    plan.learnRecovery("erase", Map.of("JobQueue.fence", (long) DEEP));

    List<Target> chosen = recoveries("erase", 3_000);

    for (int nth = 1; nth <= DEEP; nth++) {
      int wanted = nth;
      assertThat(chosen.stream().filter(target -> target.point().nth() == wanted))
          .hasSizeBetween(120, 280);
    }
  }

  @Test
  void everyCallIsHaltedOnceBeforeOneIsHaltedAgain() {
    plan.learnRecovery("replace", Map.of("IndexFeed.after", (long) DEEP, "JobQueue.claim", 4L));
    plan.learnRecovery("replace", Map.of("IndexFeed.after", 1L));
    int points = 2 * (DEEP + 4);
    Set<Target> hit = new HashSet<>();

    for (int i = 0; i < points; i++) {
      Target next = plan.nextRecovery("replace");
      hit.add(next);
      plan.broke(next);
    }

    assertThat(hit).hasSize(points);
    assertThat(hit).contains(plan.nextRecovery("replace"));
  }

  /** Where one of forty recoveries does more, its calls are not what is tried nearly always. */
  @Test
  void aCallIsChosenAsOftenAsRecoveriesHaveMadeIt() {
    for (int i = 0; i < 39; i++) {
      plan.learnRecovery("cancel", Map.of("IndexFeed.head", 1L));
    }
    plan.learnRecovery("cancel", Map.of("IndexFeed.head", 1L, "Embedder.embedPassages", 10L));

    assertThat(recoveries("cancel", 1_000))
        .filteredOn(target -> target.point().method().equals("IndexFeed.head"))
        .hasSizeGreaterThan(700);
  }

  @Test
  void afterWorkThatNobodyRecoveredFromYetAnyRecoveryIsTheExample() {
    plan.learnRecovery("start", Map.of("IndexFeed.head", 2L));

    assertThat(recoveries("long", 20))
        .allMatch(target -> target.point().method().equals("IndexFeed.head"));
  }
}
