package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.persistence.DatabaseSpace;
import io.parley.domain.port.persistence.Persistence;
import org.junit.jupiter.api.Test;

/** What every {@link DatabaseSpace} does. */
public abstract class DatabaseSpaceContract {

  /** The database under test. */
  protected abstract Persistence persistence();

  @Test
  void givesUpWhatWasRemovedAndNothingElse() {
    BotKnowledge bot = BotKnowledge.in(persistence());
    VersionRef kept = bot.add("kept.txt").ref();
    bot.complete(kept, "one", "two");
    VersionRef removed = bot.add("removed.txt").ref();
    bot.complete(removed, "three");
    persistence().documents().tombstone(bot.scope(), removed.source(), BotKnowledge.NOW);
    persistence().ingestion().removeRows(bot.scope(), removed.source());

    assertThat(persistence().space().reclaim()).isEqualTo(persistence().space().reclaim());

    assertThat(persistence().documents().chunks(bot.scope(), kept.source(), new ListRequest(0, 10)))
        .hasValueSatisfying(chunks -> assertThat(chunks.items()).hasSize(2));
  }

  @Test
  void waitsForNobodyWhoReads() {
    BotKnowledge bot = BotKnowledge.in(persistence());
    VersionRef ref = bot.add("read.txt").ref();

    Together.whileOpen(
        persistence().transactions(),
        () -> assertThat(persistence().documents().find(bot.scope(), ref.source())).isPresent(),
        () -> persistence().space().reclaim());

    assertThat(persistence().documents().find(bot.scope(), ref.source())).isPresent();
  }
}
