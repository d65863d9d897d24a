package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.Reconciliations;
import io.parley.domain.port.persistence.Reconciliations.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@link Reconciliations} does. Nobody else may use the database under test. */
public abstract class ReconciliationsContract {

  private static final Instant NOW = BotKnowledge.NOW;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final UUID run = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  /** The database under test. */
  protected abstract Persistence persistence();

  private Reconciliations turns() {
    return persistence().reconciliations();
  }

  @AfterEach
  void giveTheTurnBack() {
    turns().end(run);
    turns().end(other);
  }

  @Test
  void onlyOneHasTheTurnUntilItGivesItBack() {
    assertThat(turns().begin(run, MINUTE, NOW)).isTrue();
    assertThat(turns().begin(other, MINUTE, NOW.plusSeconds(59))).isFalse();
    turns().end(other);
    assertThat(turns().begin(other, MINUTE, NOW.plusSeconds(59))).isFalse();

    turns().end(run);

    assertThat(turns().begin(other, MINUTE, NOW.plusSeconds(59))).isTrue();
  }

  @Test
  void whoDoesNotRenewLosesTheTurn() {
    turns().begin(run, MINUTE, NOW);
    assertThat(turns().renew(run, MINUTE, NOW.plusSeconds(50))).isTrue();
    assertThat(turns().begin(other, MINUTE, NOW.plusSeconds(100))).isFalse();

    assertThat(turns().begin(other, MINUTE, NOW.plusSeconds(110))).isTrue();

    assertThat(turns().renew(run, MINUTE, NOW.plusSeconds(111))).isFalse();
  }

  @Test
  void ofManyAtOnceOneGetsTheTurn() {
    long winners =
        Together.run(
                8,
                () -> {
                  UUID mine = UUID.randomUUID();
                  boolean won = turns().begin(mine, MINUTE, NOW);
                  return won ? mine : new UUID(0, 0);
                })
            .stream()
            .filter(winner -> winner.getMostSignificantBits() != 0)
            .peek(turns()::end)
            .count();

    assertThat(winners).isEqualTo(1);
  }

  @Test
  void theLastReportOfEachServerIsKept() {
    String server = UUID.randomUUID().toString();
    assertThat(turns().last(server)).isEmpty();
    turns().keep(server, new Kept(NOW, Map.of("dry_run", true)));
    Kept last = new Kept(NOW.plusSeconds(1), Map.of("stores", List.of(Map.of("looked_at", 7))));

    turns().keep(server, last);

    assertThat(turns().last(server)).contains(last);
    assertThat(turns().last(server + "2")).isEmpty();
  }
}
