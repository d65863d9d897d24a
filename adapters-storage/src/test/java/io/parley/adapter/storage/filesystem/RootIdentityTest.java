package io.parley.adapter.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.testkit.memory.InMemoryPersistence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is special about the name of a directory: it is a file. */
class RootIdentityTest {
  @TempDir Path folder;

  private final InstanceSecrets database = new InMemoryPersistence().secrets();

  private void start(String root, boolean onlyServer, long documents) {
    Blobs.open(folder.resolve(root)).requireSameAs(database, onlyServer, () -> documents);
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
