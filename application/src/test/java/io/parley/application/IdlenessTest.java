package io.parley.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.IndexFeed.Follower;
import io.parley.domain.port.persistence.Persistence;
import io.parley.testkit.memory.InMemoryPersistence;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdlenessTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final InMemoryPersistence database = new InMemoryPersistence();
  private final IndexFeed feed = database.indexFeed();
  private final Follower index = new Follower(UUID.randomUUID(), "words", true);

  private Persistence with(IndexFeed bent) {
    return Bent.port(Persistence.class, database, "indexFeed", (_, _) -> bent);
  }

  @Test
  void whatHasReadEverythingAndHasNothingToDoIsIdle() {
    feed.report(index, feed.positionOf(index.id()), NOW);

    assertThat(Idleness.isIdle(database, NOW)).isTrue();
  }

  @Test
  void nothingIsIdleWhileNoIndexServesOrTheOneThatDidIsGone() {
    assertThat(Idleness.isIdle(database, NOW)).isFalse();

    feed.report(index, feed.positionOf(index.id()), NOW);

    assertThat(Idleness.isIdle(database, NOW.plus(IndexFeed.GONE_AFTER).plusSeconds(1))).isFalse();
  }

  /** The index passes a version just before it is asked how far it is. */
  @Test
  void aVersionThatIsPassedBetweenTwoQuestionsIsSeenByOneOfThem() {
    feed.report(index, feed.positionOf(index.id()), NOW);
    AtomicInteger passed = new AtomicInteger();
    IndexFeed passes =
        Bent.port(
            IndexFeed.class,
            Bent.port(
                IndexFeed.class,
                feed,
                "standings",
                (_, right) -> {
                  passed.set(1);
                  return right.call();
                }),
            "completePassed",
            (_, _) -> passed.getAndSet(0));

    assertThat(Idleness.isIdle(with(passes), NOW)).isFalse();
    assertThat(List.of(passed.get())).containsExactly(0);
  }
}
