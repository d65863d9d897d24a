package io.parley.faults.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file system of its own, in memory, that can be filled to its last byte. To be closed. */
final class SmallDisk implements AutoCloseable {
  private static final int LARGE = 1 << 16;
  private static final int SMALL = 1 << 12;

  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  /** Empty where file systems may not be mounted, as by anybody but root. */
  static Optional<SmallDisk> mount(Path at, int megabytes)
      throws IOException, InterruptedException {
    Files.createDirectories(at);
    String size = "size=" + megabytes + "m";
    return run("mount", "-t", "tmpfs", "-o", size, "tmpfs", at.toString())
        ? Optional.of(new SmallDisk(at))
        : Optional.empty();
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
      return false; // there is no such program here
    }
  }

  Path root() {
    return root;
  }

  private Path ballast() {
    return root.resolve("ballast");
  }

  /** Takes what is free, also what others have freed since it was filled last. */
  void fill() throws IOException {
    try (FileChannel file =
        FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int piece : new int[] {LARGE, SMALL}) {
        write(file, piece);
      }
    }
  }

  private static void write(FileChannel file, int piece) {
    try {
      while (true) {
        file.write(ByteBuffer.allocate(piece));
      }
    } catch (IOException e) {
      // Full.
    }
  }

  /** There is space again. */
  void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  @Override
  public void close() {
    try {
      run("umount", "-l", root.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
