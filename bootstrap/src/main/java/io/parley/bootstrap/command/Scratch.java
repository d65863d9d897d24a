package io.parley.bootstrap.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A directory that a command makes for itself, on the disk of the data directory, and removes. */
record Scratch(Path directory) implements AutoCloseable {

  /**
   * Makes it: in the data directory, or, before there is one, where that would be made.
   *
   * @throws ParleyCommand.Refusal when nothing can be written there
   */
  static Scratch near(Path data) {
    Path parent = data.toAbsolutePath().normalize();
    boolean there = Files.isDirectory(parent);
    while (!Files.isDirectory(parent) && parent.getParent() != null) {
      parent = parent.getParent();
    }
    String id = UUID.randomUUID().toString().substring(0, 8);
    Path wanted = parent.resolve((there ? "check-" : "parley-check-") + id);
    try {
      return new Scratch(Files.createDirectory(wanted));
    } catch (IOException e) {
      throw new ParleyCommand.Refusal(
          parent
              + " cannot be written to. Check its permissions and the space on its disk, or set"
              + " PARLEY_DATA_DIR to another directory.");
    }
  }

  @Override
  public void close() {
    Directories.delete(directory);
  }
}
