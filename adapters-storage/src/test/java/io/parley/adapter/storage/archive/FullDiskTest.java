package io.parley.adapter.storage.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.Manifest;
import io.parley.domain.transfer.Section;
import io.parley.domain.transfer.Selection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of one megabyte, where this machine lets one be mounted. */
class FullDiskTest {
  private static final VersionRef REF = new VersionRef(new SourceId(new UUID(1, 1)), 1);

  @TempDir private Path folder;
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

  @Test
  void saysThatTheDiskIsFullAndLeavesNothing() {
    Path file = disk.resolve("parley.zip");
    byte[] noise = new byte[3 * 1024 * 1024];
    new Random(1).nextBytes(noise);
    Manifest manifest = new Manifest(1, Instant.EPOCH, new Selection.Everything(), "test");

    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(() -> {
          try (Archives.Outgoing archive = new ZipArchives().create(file, manifest, false)) {
            archive.begin(new Section.Document(REF.source()));
            archive.add(REF, new ByteArrayInputStream(noise));
            archive.finish();
          }
        })
        .satisfies(failure -> {
          assertThat(failure.kind()).isEqualTo(PortFailure.Kind.STORAGE_FULL);
          assertThat(failure.sentence()).contains("The disk is full", file.toString());
        });

    assertThat(disk.toFile().list()).isEmpty();
  }
}
