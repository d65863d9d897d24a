package io.parley.application.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.Reconciliations;
import io.parley.domain.port.persistence.Reconciliations.Kept;
import io.parley.testkit.memory.InMemoryPersistence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReconcileRegularlyTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Reconciliations turns = new InMemoryPersistence().reconciliations();
  private Instant now = Instant.parse("2026-03-04T05:06:07Z");
  private int looks;
  private final ReconcileStores stores =
      new ReconcileStores(
          () -> List.of(new Counting()), turns, "here", IdSource.random(), () -> now);

  private final class Counting implements StoreCheck {
    @Override
    public String store() {
      return "counting";
    }

    @Override
    public void look(Findings findings) {
      looks++;
    }
  }

  private ReconcileRegularly regularly() {
    return new ReconcileRegularly(stores, turns, "here", DAY, () -> now);
  }

  private int looksAfter(ReconcileRegularly regularly, Duration pause) {
    now = now.plus(pause);
    int before = looks;
    regularly.doSome();
    return looks - before;
  }

  @Test
  void reconcilesSomeMinutesAfterTheFirstStartAndThenEveryDay() {
    ReconcileRegularly regularly = regularly();

    assertThat(looksAfter(regularly, Duration.ofMinutes(4))).isZero();
    assertThat(looksAfter(regularly, Duration.ofMinutes(2))).isEqualTo(1);
    assertThat(looksAfter(regularly, DAY.minusMinutes(1))).isZero();
    assertThat(looksAfter(regularly, Duration.ofHours(3))).isEqualTo(1);
  }

  @Test
  void aRestartDoesNotBeginTheDayAnew() {
    turns.keep("here", new Kept(now.minus(Duration.ofHours(23)), Map.of()));
    ReconcileRegularly regularly = regularly();

    assertThat(looksAfter(regularly, Duration.ofMinutes(50))).isZero();
    assertThat(looksAfter(regularly, Duration.ofHours(3))).isEqualTo(1);
  }

  @Test
  void waitsWhileAnotherServerIsAtIt() {
    ReconcileRegularly regularly = regularly();
    UUID other = UUID.randomUUID();
    turns.begin(other, DAY, now);
    assertThat(looksAfter(regularly, Duration.ofMinutes(6))).isZero();

    turns.end(other);

    assertThat(looksAfter(regularly, Duration.ofSeconds(30))).isZero();
    assertThat(looksAfter(regularly, Duration.ofSeconds(31))).isEqualTo(1);
  }
}
