package io.parley.adapter.ai.local;

import ai.onnxruntime.OrtEnvironment;
import io.parley.domain.port.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The runtime's own libraries, unpacked once into a directory. Left to itself the runtime unpacks
 * them anew for each process, and a process that is killed leaves its 23 MB in the system's
 * temporary directory for ever.
 */
final class NativeCode {
  /** Where the runtime looks for them, read when it is first used. */
  static final String PATH = "onnxruntime.native.path";

  private static final String RESOURCES = "/ai/onnxruntime/native/";
  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  private NativeCode() {}

  /**
   * Has the runtime of this process use the libraries in one of these directories; if none has
   * them, they are unpacked into the last. Changes nothing when there is no directory, when
   * somebody has chosen a place already, when the runtime brings nothing for this platform, or when
   * nothing may be run from any of the directories.
   *
   * @throws PortFailure {@code UNAVAILABLE} when the directory cannot be written
   */
  static void useFrom(List<Path> directories) {
    if (!directories.isEmpty() && System.getProperty(PATH) == null) {
      findAndUse(directories);
    }
  }

  private static synchronized void findAndUse(List<Path> directories) {
    try {
      String name = name(platform());
      Path found = name == null ? null : find(directories, name);
      if (found != null) {
        System.setProperty(PATH, found.toString());
      }
    } catch (IOException e) {
      throw OnnxEmbedder.failure("The embedding model's program cannot be unpacked.", e);
    }
  }

  /** The directory with the libraries; null when they may be run from none. */
  static @Nullable Path find(List<Path> directories, String name) throws IOException {
    for (Path directory : directories) {
      if (mayBeRun(directory.resolve(name))) {
        return directory.resolve(name);
      }
    }
    Path own = directories.getLast().resolve(name);
    if (!Files.isDirectory(own)) {
      unpack(directories.getLast(), name, platform());
    }
    return mayBeRun(own) ? own : null;
  }

  /** A disk may be mounted so that nothing on it is run, libraries neither. */
  private static boolean mayBeRun(Path libraries) {
    Path first = libraries.resolve(fileName(LIBRARIES.getFirst()));
    return Files.isReadable(first) && Files.isExecutable(first);
  }

  /** Unpacks them below a directory, if there are any for this platform. */
  static void unpack(Path directory) throws IOException {
    String name = name(platform());
    if (name != null) {
      unpack(directory, name, platform());
    }
  }

  /** The directory's name says what is in it; null when there are no libraries for a platform. */
  static @Nullable String name(String platform) throws IOException {
    StringBuilder name = new StringBuilder("onnxruntime");
    for (String library : LIBRARIES) {
      URL packed = packed(library, platform);
      if (packed == null || !(packed.openConnection() instanceof JarURLConnection entry)) {
        return null;
      }
      name.append('-').append(HexFormat.of().toHexDigits((int) entry.getJarEntry().getCrc()));
    }
    return name.toString();
  }

  /** What an earlier version or a crash has left there is removed. */
  static Path unpack(Path directory, String name, String platform) throws IOException {
    Files.createDirectories(directory);
    removeAllIn(directory);
    Path half = Files.createDirectory(directory.resolve("unpacking"));
    for (String library : LIBRARIES) {
      URL packed = Objects.requireNonNull(packed(library, platform));
      try (InputStream in = packed.openStream()) {
        Files.copy(in, half.resolve(fileName(library)));
        makeExecutable(half.resolve(fileName(library)));
      }
    }
    return Files.move(half, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void makeExecutable(Path library) throws IOException {
    if (!library.toFile().setExecutable(true, false)) {
      throw new IOException("A library cannot be made executable.");
    }
  }

  private static void removeAllIn(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          removeAllIn(entry);
        }
        Files.delete(entry);
      }
    }
  }

  private static @Nullable URL packed(String library, String platform) {
    return OrtEnvironment.class.getResource(RESOURCES + platform + '/' + fileName(library));
  }

  private static String fileName(String library) {
    return System.mapLibraryName(library);
  }

  /** As the runtime names it. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux")
        + (processor.equals("amd64") || processor.equals("x86_64") ? "-x64" : "-" + processor);
  }
}
