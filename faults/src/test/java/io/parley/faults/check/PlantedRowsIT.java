package io.parley.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.Database;
import io.parley.faults.step.SampleStores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions, what serves, and the log of real stores are damaged, and the check says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class PlantedRowsIT {
  private Database database;
  private SampleStores samples;
  private Stores stores;
  private int number;

  @BeforeAll
  void open(@TempDir Path directory) throws Exception {
    database = Database.start(directory.resolve("database"));
    samples = SampleStores.fill(database, directory.resolve("sample"));
  }

  @AfterAll
  void close() {
    database.close();
  }

  @BeforeEach
  void copy() throws Exception {
    stores = samples.copy(database, "rows_" + ++number);
  }

  private List<String> broken() throws Exception {
    return StoreCheck.of(stores, samples.expectations()).violations().stream()
        .map(Violation::rule)
        .distinct()
        .toList();
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = stores.connect();
        Statement run = connection.createStatement()) {
      run.execute("set session_replication_role = replica");
      assertThat(run.executeUpdate(statement)).as(statement).isPositive();
    }
  }

  private UUID anyChunk() throws SQLException {
    try (Connection connection = stores.connect()) {
      return ServingChunk.of(connection).getFirst().id();
    }
  }

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
}
