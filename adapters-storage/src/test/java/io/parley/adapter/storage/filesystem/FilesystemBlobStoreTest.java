package io.parley.adapter.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.PutResult;
import io.parley.testkit.Scopes;
import io.parley.testkit.storage.GeneratedBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store on a file system has to mind beside the contract. */
class FilesystemBlobStoreTest {
  @TempDir Path folder;

  private final BotScope scope = Scopes.fresh();
  private final BlobKey key = Blobs.key(scope, "notes.bin");
  private Path root = Path.of("blobs");
  private Path outside = Path.of("outside");

  @BeforeEach
  void folders() throws IOException {
    root = folder.resolve("blobs");
    outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("precious.txt"), "precious");
  }

  private PutResult put(FilesystemBlobStore store, long seed, int size) {
    return store.put(scope, key, GeneratedBytes.of(seed, size), Blobs.PLENTY);
  }

  private void assertStrange(ThrowingCallable call) {
    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(call)
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(PortFailure.Kind.CORRUPT_DATA));
  }

  private void assertOutsideUntouched() throws IOException {
    try (Stream<Path> files = Files.list(outside)) {
      assertThat(files).containsExactly(outside.resolve("precious.txt"));
    }
    assertThat(outside.resolve("precious.txt")).hasContent("precious");
  }

  @Test
  void followsNoLinkInPlaceOfAFolder() throws IOException {
    FilesystemBlobStore store = Blobs.open(root);
    Files.createDirectory(root.resolve("documents"));
    Files.createSymbolicLink(root.resolve("documents").resolve(scope.owner().toString()), outside);

    assertStrange(() -> put(store, 1, 10));
    assertStrange(() -> store.open(scope, key));
    assertStrange(() -> store.delete(scope, key));

    assertOutsideUntouched();
    assertThat(Blobs.incoming(root)).isEmpty();
  }

  @Test
  void followsNoLinkInPlaceOfAFile() throws IOException {
    FilesystemBlobStore store = Blobs.open(root);
    Path place = root.resolve(BlobDirectory.relative(key));
    Files.createDirectories(place.getParent());
    Files.createSymbolicLink(place, outside.resolve("precious.txt"));

    assertStrange(() -> put(store, 1, 10));
    assertStrange(() -> store.open(scope, key));
    assertStrange(() -> store.delete(scope, key));

    assertOutsideUntouched();
  }

  @Test
  void cleansUpThroughNoLink() throws IOException {
    Blobs.open(root);
    Path planted = root.resolve("incoming").resolve("parley-" + UUID.randomUUID() + ".part");
    Files.createSymbolicLink(planted, outside.resolve("precious.txt"));
    Blobs.open(root);
    assertOutsideUntouched();

    Files.delete(planted);
    Files.delete(root.resolve("incoming"));
    Files.createSymbolicLink(root.resolve("incoming"), outside);
    assertStrange(() -> Blobs.open(root));
    assertOutsideUntouched();
  }

  @Test
  void removesUnfinishedFilesOfItsOwnOnly() throws IOException {
    Blobs.open(root);
    Path ours = root.resolve("incoming").resolve("parley-" + UUID.randomUUID() + ".part");
    Path spare = root.resolve("incoming").resolve("parley-" + UUID.randomUUID() + ".old");
    Path theirs = root.resolve("incoming").resolve("notes.part");
    for (Path file : List.of(ours, spare, theirs)) {
      Files.writeString(file, "half");
    }
    Blobs.open(root);
    assertThat(Blobs.incoming(root)).containsExactly(theirs);
  }

  @Test
  void givesFoldersAndFilesToTheOwnerAlone() throws IOException {
    FilesystemBlobStore store = Blobs.open(root);
    put(store, 1, 10);
    put(store, 2, 10);
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all).hasSize(6).allSatisfy(FilesystemBlobStoreTest::assertOwnersAlone);
    }
  }

  private static void assertOwnersAlone(Path path) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
  }

  @Test
  void saysThatItCannotUseAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(() -> Blobs.open(file))
        .satisfies(failure ->
            assertThat(failure.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION));
  }

  @Test
  void showsWholeBlobsOnlyWhilePutsAndDeletesMeet() throws Exception {
    FilesystemBlobStore store = Blobs.open(root);
    Set<String> whole =
        Set.of(Blobs.sha256(Blobs.bytes(1, 70_000)), Blobs.sha256(Blobs.bytes(2, 1_000)));
    List<Callable<Boolean>> calls =
        List.of(
            () -> put(store, 1, 70_000) instanceof PutResult.Stored,
            () -> put(store, 2, 1_000) instanceof PutResult.Stored,
            () -> {
              store.delete(scope, key);
              return true;
            },
            () ->
                store
                    .open(scope, key)
                    .map(content -> whole.contains(Blobs.sha256(Blobs.all(content))))
                    .orElse(true));
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Boolean>> results =
          IntStream.range(0, 8)
              .mapToObj(i -> threads.submit(() -> repeatedly(calls.get(i % 4))))
              .toList();
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    }
    put(store, 3, 5_000);
    assertThat(Blobs.all(store.open(scope, key).orElseThrow())).isEqualTo(Blobs.bytes(3, 5_000));
    assertThat(Blobs.incoming(root)).isEmpty();
  }

  private static boolean repeatedly(Callable<Boolean> call) throws Exception {
    boolean all = true;
    for (int i = 0; i < 60; i++) {
      all &= call.call();
    }
    return all;
  }
}
