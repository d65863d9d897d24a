package io.parley.adapter.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.access.BotScope;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.testkit.Scopes;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.storage.GeneratedBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server notices that it was given another directory than the database is used with. */
class RootIdentityTest {
  @TempDir Path folder;

  private final InstanceSecrets database = new InMemoryPersistence().secrets();

  private void start(String root, boolean onlyServer, long documents) {
    Blobs.open(folder.resolve(root)).requireSameAs(database, onlyServer, () -> documents);
  }

  private void putAFile(String root) {
    BotScope scope = Scopes.fresh();
    Blobs.open(folder.resolve(root))
        .put(scope, Blobs.key(scope, "a.txt"), GeneratedBytes.of(1, 10), Blobs.PLENTY);
  }

  private void assertRefused(String root, boolean onlyServer, long documents, String words) {
    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(() -> start(root, onlyServer, documents))
        .withMessageContaining("PARLEY_BLOB_DIR")
        .withMessageContaining(words)
        .satisfies(failure ->
            assertThat(failure.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION));
  }

  @Test
  void startsAgainAndBesideAnotherServerOnOneDirectory() {
    start("blobs", false, 0);
    start("blobs", false, 3);
    start("blobs", true, 3);
  }

  @Test
  void refusesASecondServerWithADirectoryOfItsOwn() {
    start("first", false, 0);
    assertRefused("second", false, 0, "shared directory");
    assertRefused("second", false, 0, "shared directory");
    assertRefused("second", false, 7, "knows 7 documents");
    start("first", false, 7);
  }

  @Test
  void refusesTheDirectoryOfAnotherDatabase() {
    Blobs.open(folder.resolve("theirs"))
        .requireSameAs(new InMemoryPersistence().secrets(), false, () -> 0);
    putAFile("theirs");
    start("ours", false, 0);
    assertRefused("theirs", false, 0, "not the directory");
    assertRefused("theirs", true, 0, "not the directory");
  }

  @Test
  void refusesAnEmptyDirectoryWhileThereAreDocuments() {
    start("blobs", true, 0);
    assertRefused("empty", true, 5, "knows 5 documents");
  }

  @Test
  void letsTheOnlyServerMoveWhileThereIsNothingToLose() {
    start("first", true, 0);
    start("second", true, 0);
    putAFile("second");
    start("second", true, 1);
  }

  @Test
  void takesADirectoryFromBeforeItHadAName() {
    putAFile("old");
    start("old", false, 1);
    assertRefused("other", false, 0, "shared directory");
  }

  @Test
  void takesFilesThatWereCopiedWithTheName() throws IOException {
    start("first", false, 0);
    start("second-of-nobody", true, 0);
    Path moved = Files.createDirectory(folder.resolve("moved"));
    Files.copy(
        folder.resolve("first").resolve(RootIdentity.NAME), moved.resolve(RootIdentity.NAME));
    start("moved", false, 9);
  }

  @Test
  void writesANameAnewThatACrashLeftHalfWritten() throws IOException {
    Path root = Files.createDirectory(folder.resolve("blobs"));
    Files.writeString(root.resolve(RootIdentity.NAME), "0c1d");
    start("blobs", false, 0);
    assertThat(root.resolve(RootIdentity.NAME)).content().hasSize(36);
    start("blobs", false, 1);
  }
}
