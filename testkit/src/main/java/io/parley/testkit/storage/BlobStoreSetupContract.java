package io.parley.testkit.storage;

import static io.parley.testkit.storage.BlobFixture.PLENTY;
import static io.parley.testkit.storage.BlobFixture.newKey;
import static io.parley.testkit.storage.BlobFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.access.BotScope;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.BlobStoreSetup;
import io.parley.testkit.Scopes;
import io.parley.testkit.memory.InMemoryPersistence;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A server notices that it was given another place for files than the database is used with.
 *
 * @param <S> the store
 */
public abstract class BlobStoreSetupContract<S extends BlobStore & BlobStoreSetup> {
  private final InstanceSecrets database = new InMemoryPersistence().secrets();

  /** Opens the place of this name, such as a directory or a bucket; an empty one at first. */
  protected abstract S open(String place);

  /** The setting that chooses the place. */
  protected abstract String setting();

  private void start(String place, boolean onlyServer, long documents) {
    open(place).requireSameAs(database, onlyServer, () -> documents);
  }

  private void putAFile(String place) {
    BotScope scope = Scopes.fresh();
    open(place).put(scope, newKey(scope, "a.txt"), text("a"), PLENTY);
  }

  private void assertRefused(String place, boolean onlyServer, long documents, String words) {
    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(() -> start(place, onlyServer, documents))
        .withMessageContaining(setting())
        .withMessageContaining(words)
        .satisfies(failure ->
            assertThat(failure.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION));
  }

  @Test
  void isUsableOnceItIsOpen() {
    open("first").requireUsable();
  }

  @Test
  void startsAgainAndBesideAnotherServerOnOnePlace() {
    start("first", false, 0);
    start("first", false, 3);
    start("first", true, 3);
  }

  @Test
  void refusesASecondServerWithAPlaceOfItsOwn() {
    start("first", false, 0);
    assertRefused("second", false, 0, "All servers on one database");
    assertRefused("second", false, 0, "All servers on one database");
    assertRefused("second", false, 7, "knows 7 documents");
    start("first", false, 7);
  }

  @Test
  void refusesThePlaceOfAnotherDatabase() {
    open("theirs").requireSameAs(new InMemoryPersistence().secrets(), false, () -> 0);
    putAFile("theirs");
    start("ours", false, 0);
    assertRefused("theirs", false, 0, "is not the");
    assertRefused("theirs", true, 0, "is not the");
  }

  @Test
  void refusesAnEmptyPlaceWhileThereAreDocuments() {
    start("first", true, 0);
    assertRefused("second", true, 5, "knows 5 documents");
  }

  @Test
  void letsTheOnlyServerMoveWhileThereIsNothingToLose() {
    start("first", true, 0);
    start("second", true, 0);
    putAFile("second");
    start("second", true, 1);
  }

  @Test
  void adoptsAPlaceWithoutANameAndNoOthers() {
    start("first", false, 0);
    open("second").adopt(database);
    open("second").adopt(database);
    start("second", false, 3);

    InstanceSecrets another = new InMemoryPersistence().secrets();
    open("theirs").requireSameAs(another, false, () -> 0);
    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(() -> open("theirs").adopt(database))
        .withMessageContaining(setting());
    open("theirs").requireSameAs(another, false, () -> 0);
  }

  @Test
  void takesAPlaceFromBeforeItHadAName() {
    putAFile("old");
    start("old", false, 1);
    assertRefused("other", false, 0, "All servers on one database");
  }

  @Test
  void givesServersThatStartTogetherOneName() throws InterruptedException, ExecutionException {
    open("first");
    try (ExecutorService servers = Executors.newFixedThreadPool(4)) {
      var starts =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(_ -> servers.submit(() -> start("first", false, 0)))
              .toList();
      for (Future<?> start : starts) {
        start.get();
      }
    }
    start("first", false, 1);
  }
}
