package io.parley.bootstrap.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that a command line means. */
final class InputFiles {
  private InputFiles() {}

  /** Files as they are; of folders, every file below them in order, without hidden ones. */
  static List<Path> expand(List<Path> given) {
    List<Path> files = given.stream().flatMap(InputFiles::expand).distinct().toList();
    if (files.isEmpty()) {
      throw new ParleyCommand.Refusal("There are no files in " + given.getFirst() + ".");
    }
    return files;
  }

  private static Stream<Path> expand(Path path) {
    if (Files.isRegularFile(path)) {
      return Stream.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new ParleyCommand.Refusal("There is no file or folder " + path + ".");
    }
    try (Stream<Path> below = Files.walk(path)) {
      return below
          .filter(Files::isRegularFile)
          .filter(p -> isVisible(path, p))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isVisible(Path folder, Path file) {
    for (Path part : folder.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
