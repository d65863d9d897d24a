package io.parley.adapter.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.PutResult;
import io.parley.testkit.Scopes;
import io.parley.testkit.storage.GeneratedBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of one megabyte, where this machine lets one be mounted. */
class FullDiskTest {
  private static final int OLD = 300_000;

  @TempDir Path folder;

  private final BotScope scope = Scopes.fresh();
  private final BlobKey key = Blobs.key(scope, "notes.bin");
  private Path disk = Path.of("disk");
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
    assumeTrue(mounted, "a small file system can be mounted by root on Linux only");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      run("umount", disk.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void assertFull(FilesystemBlobStore store, BlobKey where) {
    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(() -> store.put(scope, where, GeneratedBytes.of(2, 900_000), Blobs.PLENTY))
        .satisfies(failure -> {
          assertThat(failure.kind()).isEqualTo(PortFailure.Kind.STORAGE_FULL);
          assertThat(failure.retryable()).isTrue();
        });
  }

  @Test
  void saysThatTheDiskIsFullAndKeepsWhatWasThere() throws IOException {
    FilesystemBlobStore store = Blobs.open(disk);
    store.put(scope, key, GeneratedBytes.of(1, OLD), Blobs.PLENTY);
    BlobKey other = Blobs.key(scope, "other.bin");

    assertFull(store, key);
    assertFull(store, other);

    assertThat(Blobs.all(store.open(scope, key).orElseThrow())).isEqualTo(Blobs.bytes(1, OLD));
    assertThat(store.open(scope, other)).isEmpty();
    assertThat(Blobs.incoming(disk)).isEmpty();
  }

  @Test
  void goesOnWhenThereIsSpace() {
    FilesystemBlobStore store = Blobs.open(disk);
    store.put(scope, key, GeneratedBytes.of(1, OLD), Blobs.PLENTY);
    assertFull(store, key);
    store.delete(scope, key);

    PutResult result = store.put(scope, key, GeneratedBytes.of(3, 900_000), Blobs.PLENTY);

    assertThat(result).isInstanceOf(PutResult.Stored.class);
    assertThat(Blobs.all(store.open(scope, key).orElseThrow())).isEqualTo(Blobs.bytes(3, 900_000));
  }
}
