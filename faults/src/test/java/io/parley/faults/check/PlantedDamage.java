package io.parley.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.ExpectedDocument;
import io.parley.faults.step.SampleStores;
import io.parley.faults.step.SharedSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Real stores, filled by a real run; each test damages a copy and sees the check say so. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
public abstract class PlantedDamage {
  protected SampleStores samples;
  protected Stores stores;

  @BeforeEach
  final void copy() throws Exception {
    SharedSamples shared = SharedSamples.get();
    samples = shared.stores();
    stores = shared.copy();
  }

  /** The rules that are broken, each once. */
  protected final List<String> broken() throws SQLException, IOException {
    return StoreCheck.of(stores, samples.expectations()).violations().stream()
        .map(Violation::rule)
        .distinct()
        .toList();
  }

  /** Changes rows, whatever refers to them. */
  protected final void sql(String statement) throws SQLException {
    try (Connection connection = stores.connect();
        Statement run = connection.createStatement()) {
      run.execute("set session_replication_role = replica");
      assertThat(run.executeUpdate(statement)).as(statement).isPositive();
    }
  }

  /** Changes what holds rows together. */
  protected final void schema(String statement) throws SQLException {
    try (Connection connection = stores.connect();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  final UUID anyChunk() throws SQLException {
    try (Connection connection = stores.connect()) {
      return ServingChunk.of(connection).getFirst().id();
    }
  }

  final Path someBlob() throws IOException {
    try (Stream<Path> files = Files.walk(stores.blobs().resolve("documents"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  final Path ownersBlobs() throws IOException {
    try (Stream<Path> owners = Files.list(stores.blobs().resolve("documents"))) {
      return owners.findFirst().orElseThrow();
    }
  }

  /** One whose bot is still there. */
  final ExpectedDocument erased() {
    Expectations expectations = samples.expectations();
    return expectations.documents().stream()
        .filter(d -> d.erasing() == ExpectedDocument.Erasing.ACKNOWLEDGED)
        .filter(d -> expectations.bots().get(d.bot()) == ExpectedDocument.Erasing.NO)
        .findFirst()
        .orElseThrow();
  }

  final String erasedWord() {
    return erased().canaries().getFirst();
  }

  /** An erased document has its rows again, in the bot that it was in. */
  final void showErasedAgain() throws SQLException {
    sql(
        "insert into sources (id, tenant_id, bot_id, type, last_version, newest_version, created_at,"
            + " tombstoned_at) select '"
            + erased().id()
            + "', tenant_id, id, 'document', 1, 1, now(), now() from bots where id = '"
            + erased().bot()
            + "'");
    sql(
        "update source_versions set version = 1, source_id = '"
            + erased().id()
            + "', bot_id = '"
            + erased().bot()
            + "' where (source_id, version) = (select source_id, version from source_versions limit 1)");
  }
}
