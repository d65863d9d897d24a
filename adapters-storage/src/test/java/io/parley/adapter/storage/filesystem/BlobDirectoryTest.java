package io.parley.adapter.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file whose name cannot be made durable, or whose folder goes away. */
class BlobDirectoryTest {
  private static final Path PLACE = Path.of("documents", "a", "notes.txt");

  @TempDir Path root;

  private boolean failing;
  private int erasures;
  private Runnable meanwhile = () -> {};
  private IncomingFiles incoming = new IncomingFiles(new BlobDirectory(Path.of(".")));

  @BeforeEach
  void open() throws IOException {
    incoming = new IncomingFiles(new BlobDirectory(root, this::flush));
    put(Path.of("documents", "a", "neighbour.txt"), "neighbour");
  }

  private void flush(Path directory) throws IOException {
    if (directory.endsWith("documents") && erasures > 0) {
      erasures--;
      Files.deleteIfExists(directory.resolve("b"));
    }
    if (failing && directory.endsWith("a")) {
      meanwhile.run();
      throw new IOException("Input/output error");
    }
  }

  private void put(Path place, String content) throws IOException {
    try (IncomingFiles.Incoming file = incoming.create()) {
      file.channel().write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      file.moveTo(place);
    }
  }

  private void putFails(String content) {
    failing = true;
    assertThatIOException().isThrownBy(() -> put(PLACE, content)).withMessageContaining("error");
    failing = false;
  }

  @Test
  void putsTheOldFileBack() throws IOException {
    put(PLACE, "old");
    putFails("new");
    assertThat(root.resolve(PLACE)).hasContent("old");
    assertThat(Blobs.incoming(root)).isEmpty();

    put(PLACE, "newer");
    assertThat(root.resolve(PLACE)).hasContent("newer");
    assertThat(Blobs.incoming(root)).isEmpty();
  }

  @Test
  void leavesNothingWhereNothingWas() throws IOException {
    putFails("new");
    assertThat(root.resolve(PLACE)).doesNotExist();
    assertThat(Blobs.incoming(root)).isEmpty();
  }

  @Test
  void leavesTheFileOfAnotherPutThatCameAfterwards() throws IOException {
    put(PLACE, "old");
    meanwhile =
        () -> {
          try {
            Path other = Files.writeString(root.resolve("other"), "another's");
            Files.move(other, root.resolve(PLACE), StandardCopyOption.REPLACE_EXISTING);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    putFails("new");
    assertThat(root.resolve(PLACE)).hasContent("another's");
  }

  @Test
  void makesItsFoldersAgainWhenAnErasureTakesThemAway() throws IOException {
    Path place = Path.of("documents", "b", "c", "notes.txt");
    erasures = 3;
    put(place, "new");
    assertThat(root.resolve(place)).hasContent("new");
    assertThat(erasures).isZero();
  }
}
