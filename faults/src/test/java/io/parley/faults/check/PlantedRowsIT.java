package io.parley.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import io.parley.faults.ledger.ExpectedDocument;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Versions, what serves, what is answered, and the log of real stores are damaged, and the check
 * says so.
 */
class PlantedRowsIT extends PlantedDamage {

  @Test
  void anAcknowledgedVersionThatIsGoneAndANewestOneThatNobodySentAreNoticed() throws Exception {
    sql("update source_versions set sha256 = md5(source_id::text) || md5(version::text)");
    assertThat(broken())
        .contains("an acknowledged version is gone", "an acknowledged version is not the newest");
  }

  @Test
  void aSourceWithoutItsNewestVersionIsNoticed() throws Exception {
    sql("update sources set newest_version = newest_version + 7 where tombstoned_at is null");
    assertThat(broken()).contains("a source has lost its newest version");
  }

  @Test
  void aServingVersionThatIsNotCompleteIsNoticed() throws Exception {
    sql("update source_versions set status = 'error', error_message = 'It is broken.'");
    assertThat(broken()).contains("a version serves that is not complete");
  }

  @Test
  void aCompleteNewestVersionThatDoesNotServeIsNoticed() throws Exception {
    sql("update sources set serving_version = null where serving_version is not null");
    assertThat(broken()).contains("the newest version is complete and another one serves");
  }

  @Test
  void aServerWithoutAGenerationThatServesIsNoticed() throws Exception {
    sql("update generations set state = 'retired'");
    assertThat(broken()).contains("not exactly one generation serves");
  }

  @Test
  void aSecondGenerationThatServesIsNoticed() throws Exception {
    schema("drop index generations_serving");
    sql(
        "insert into generations select gen_random_uuid(), model_id, store, settings, state, created_at"
            + " from generations where state = 'serving'");
    assertThat(broken()).containsExactly("not exactly one generation serves");
  }

  @Test
  void aSecondGenerationOfAnotherModelThatServesIsNoticed() throws Exception {
    schema("drop index generations_serving");
    schema("insert into embedding_models (provider, name, dimension) values ('none', 'other', 8)");
    sql(
        "insert into generations select gen_random_uuid(), (select max(id) from embedding_models), store,"
            + " settings, state, created_at from generations where state = 'serving'");
    assertThat(broken())
        .containsExactlyInAnyOrder("not exactly one generation serves", "a chunk has no embedding");
  }

  @Test
  void whatIsStillThereOfAnErasedSourceIsNoticedInEachTable() throws Exception {
    String id = erased().id();
    sql(
        "update pages set source_id = '"
            + id
            + "' where (source_id, version, number) = (select source_id, version, number from pages limit 1)");
    assertThat(broken()).contains("an erased source is still in pages");
    sql("update chunks set source_id = '" + id + "' where id = '" + anyChunk() + "'");
    assertThat(broken()).contains("an erased source is still in chunks");
    sql("update citations set source_id = '" + id + "'");
    assertThat(broken()).contains("an erased source is still in citations");
  }

  @Test
  void aHoleInTheOrdinalsIsNoticed() throws Exception {
    sql("update chunks set ordinal = ordinal + 100 where id = '" + anyChunk() + "'");
    assertThat(broken()).contains("ordinals have a hole");
  }

  @Test
  void anEmbeddingOfAWrongLengthIsNoticed() throws Exception {
    sql(
        "update embeddings set vector = substring(vector from 1 for 8) where chunk_id = '"
            + anyChunk()
            + "'");
    assertThat(broken()).contains("an embedding has a wrong length");
  }

  @Test
  void aServingVersionThatWasNeverAnnouncedIsNoticed() throws Exception {
    sql(
        "delete from change_log where change = 'version_added' and (source_id, version) in"
            + " (select id, serving_version from sources)");
    assertThat(broken()).contains("the log lacks a serving version");
  }

  @Test
  void aHeadThatIsNotTheEndOfTheLogIsNoticed() throws Exception {
    sql("update change_log_head set position = position + 1");
    assertThat(broken()).contains("the log's head is wrong");
  }

  @Test
  void aStuckVersionIsNoticed() throws Exception {
    sql("update source_versions set status = 'processing' where status = 'complete'");
    assertThat(broken()).contains("a version is stuck");
  }

  @Test
  void aCompleteVersionWithoutChunksIsNoticed() throws Exception {
    sql("delete from chunks");
    assertThat(broken()).contains("chunks do not match their count");
    sql("update source_versions set chunk_count = 0");
    assertThat(broken()).contains("a complete version has no chunks");
  }

  @Test
  void anErrorWithoutACauseIsNoticed() throws Exception {
    sql("update source_versions set status = 'error', error_message = null");
    assertThat(broken())
        .contains("an error has no cause", "an acknowledged document did not become complete");
  }

  @Test
  void aMissingEmbeddingIsNoticed() throws Exception {
    sql("delete from embeddings where chunk_id = '" + anyChunk() + "'");
    assertThat(broken()).contains("a chunk has no embedding");
  }

  @Test
  void aWrongIdOfAChunkIsNoticed() throws Exception {
    UUID chunk = anyChunk();
    UUID other = UUID.randomUUID();
    sql("update embeddings set chunk_id = '" + other + "' where chunk_id = '" + chunk + "'");
    sql("update chunks set id = '" + other + "' where id = '" + chunk + "'");
    assertThat(broken()).contains("a chunk has a wrong id");
  }

  @Test
  void aHoleInTheLogIsNoticed() throws Exception {
    sql("delete from change_log where position = 2");
    assertThat(broken()).contains("the log has a hole");
  }

  @Test
  void anAnnouncementThatWasNeverTakenBackIsNoticed() throws Exception {
    sql(
        "update change_log set change = 'version_added', version = 9 where change = 'source_removed'");
    assertThat(broken()).contains("the log keeps a version that does not serve");
  }

  @Test
  void aFollowerThatIsAheadIsNoticed() throws Exception {
    sql("update followers set position = position + 5");
    assertThat(broken()).containsExactly("a follower stands where the log is not");
  }

  /** Somebody who asks, searches, reads and opens gets each of them. */
  @Test
  void whatComesBackToWhoeverAsksForItIsNoticed() throws Exception {
    ExpectedDocument erased = erased();
    String back = "The keeper of " + erased.topic() + " is " + erasedWord() + ".";
    sql("update conversations set title = '" + back + "'");
    sql("update messages set content = '" + back + "' where role = 'assistant'");
    sql("update chunks set content = '" + back + "', end_offset = start_offset + " + back.length());
    sql("update citations set quote_start = 0, quote_end = " + back.length());
    showErasedAgain();
    sql("update sources set tombstoned_at = null where id = '" + erased.id() + "'");

    RunReport report = samples.examine(stores);

    assertThat(report.details().stream().filter(seen -> seen.contains(erasedWord())))
        .anyMatch(seen -> seen.startsWith("What was erased came back from "))
        .anyMatch(seen -> seen.contains("from a search"))
        .anyMatch(seen -> seen.contains("from a title"))
        .anyMatch(seen -> seen.contains("from an old conversation"))
        .anyMatch(seen -> seen.contains("from an old citation"))
        .anyMatch(seen -> seen.contains("from a new answer"));
    assertThat(report.details())
        .anyMatch(seen -> seen.startsWith("An erased document can be opened: " + erased.id()));
  }
}
