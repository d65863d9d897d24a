package io.parley.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.persistence.Inspection.Flaw;
import io.parley.domain.port.persistence.Inspection.FlawKind;
import io.parley.testkit.persistence.BotKnowledge;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that foreign keys forbid, as a damaged database has them. */
class StrayRowsTest {

  @ParameterizedTest
  @CsvSource({
    "STRAY_EMBEDDING, delete from chunks where source_id = '%s'",
    "STRAY_CHUNK, delete from source_versions where source_id = '%s'",
    "STRAY_PAGE, delete from source_versions where source_id = '%s'"
  })
  void areFoundAndRemovedAndNothingElse(FlawKind kind, String damage) {
    try (TestDatabase database = TestDatabase.create()) {
      BotKnowledge knowledge = BotKnowledge.in(database.persistence());
      VersionRef whole = knowledge.add("whole.txt").ref();
      knowledge.complete(whole, "a", "b");
      VersionRef broken = knowledge.add("broken.txt").ref();
      knowledge.complete(broken, "a", "b");
      database.execute(
          "set session_replication_role = replica; " + damage.formatted(broken.source()));
      Inspection inspection = database.persistence().inspection();
      List<Flaw> found = inspection.flaws(kind, null, 100);
      assertThat(found).isNotEmpty();

      for (Flaw flaw : found) {
        assertThat(inspection.repair(flaw, BotKnowledge.NOW)).isTrue();
        assertThat(inspection.repair(flaw, BotKnowledge.NOW)).isFalse();
      }

      assertThat(inspection.flaws(kind, null, 100)).isEmpty();
      assertThat(inspection.vectors(ids(whole), BotKnowledge.MODEL)).hasSize(2);
      assertThat(database.persistence().indexFeed().words(whole, null, 10)).hasSize(2);
    }
  }

  private static List<ChunkId> ids(VersionRef ref) {
    return BotKnowledge.chunks(ref, "a", "b").stream().map(Chunk::id).toList();
  }
}
