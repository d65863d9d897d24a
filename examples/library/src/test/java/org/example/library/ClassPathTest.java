package org.example.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  @Test
  void onlyTheApplicationAndTheChosenAdaptersAreThere() throws IOException {
    assertThat(parts(System.getProperty("java.class.path")))
        .containsExactly(
            "adapter/ai",
            "adapter/persistence",
            "adapter/storage",
            "adapter/vectorstore",
            "application",
            "domain");
  }

  @Test
  void aServerThatCreepsInIsNoticed(@TempDir Path planted) throws IOException {
    Files.createDirectories(planted.resolve("io/parley/bootstrap"));
    Files.createDirectories(planted.resolve("io/parley/adapter/web"));
    assertThat(parts(planted.toString())).containsExactly("adapter/web", "bootstrap");
  }

  /** The parts of Parley in the directories and jars of a class path. */
  private static Set<String> parts(String classPath) throws IOException {
    Set<String> parts = new TreeSet<>();
    for (String entry : SEPARATOR.split(classPath)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        addParts(path.resolve("io/parley"), parts);
      } else if (Files.exists(path)) {
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
          addParts(jar.getPath("io/parley"), parts);
        }
      }
    }
    return parts;
  }

  private static void addParts(Path root, Set<String> parts) throws IOException {
    for (String room : folders(root)) {
      if (room.equals("adapter")) {
        folders(root.resolve(room)).forEach(family -> parts.add("adapter/" + family));
      } else {
        parts.add(room);
      }
    }
  }

  private static List<String> folders(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> below = Files.list(root)) {
      return below.filter(Files::isDirectory).map(p -> p.getFileName().toString()).toList();
    }
  }
}
