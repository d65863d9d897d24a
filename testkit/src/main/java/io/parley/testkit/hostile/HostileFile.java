package io.parley.testkit.hostile;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file, written where it is wanted.
 *
 * @param name its name, with the ending of its type
 * @param what what is wrong with it
 */
public record HostileFile(String name, String what, Content content) {

  /** Writes the bytes, a piece at a time, however many they are. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes it into the folder. */
  public Path writeInto(Path folder) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 65_536)) {
      content.writeTo(out);
    }
    return file;
  }
}
