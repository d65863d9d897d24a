package io.parley.adapter.ai.local;

import ai.onnxruntime.OrtEnvironment;
import io.parley.domain.port.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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
   * Has the runtime of this process use what lies in that directory, and unpacks it there first
   * where it is missing. Changes nothing when somebody has chosen a place already, or when the
   * runtime brings nothing for this platform.
   *
   * @throws PortFailure {@code UNAVAILABLE} when the directory cannot be written
   */
  static void useFrom(Path directory) {
    if (System.getProperty(PATH) == null) {
      unpackAndUse(directory);
    }
  }

  private static synchronized void unpackAndUse(Path directory) {
    try {
      Path ready = unpacked(directory, platform());
      if (ready != null) {
        System.setProperty(PATH, ready.toString());
      }
    } catch (IOException e) {
      throw OnnxEmbedder.failure("The embedding model's program cannot be unpacked.", e);
    }
  }

  /**
   * The directory with the libraries of a platform, named by what is in them; null when there are
   * none for it.
   */
  static @Nullable Path unpacked(Path directory, String platform) throws IOException {
    StringBuilder name = new StringBuilder("onnxruntime");
    for (String library : LIBRARIES) {
      URL packed = packed(library, platform);
      if (packed == null || !(packed.openConnection() instanceof JarURLConnection entry)) {
        return null;
      }
      name.append('-').append(HexFormat.of().toHexDigits((int) entry.getJarEntry().getCrc()));
    }
    Path ready = directory.resolve(name.toString());
    if (!Files.isDirectory(ready)) {
      unpack(directory, ready, platform);
    }
    return ready;
  }

  private static void unpack(Path directory, Path ready, String platform) throws IOException {
    Files.createDirectories(directory);
    removeAllIn(directory); // of an earlier version, or half unpacked
    Path half = Files.createTempDirectory(directory, "unpacking-");
    for (String library : LIBRARIES) {
      URL packed = Objects.requireNonNull(packed(library, platform));
      try (InputStream in = packed.openStream()) {
        Files.copy(in, half.resolve(System.mapLibraryName(library)));
      }
    }
    Files.move(half, ready, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void removeAllIn(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry)) {
          removeAllIn(entry);
        }
        Files.delete(entry);
      }
    }
  }

  private static @Nullable URL packed(String library, String platform) {
    return OrtEnvironment.class.getResource(
        RESOURCES + platform + '/' + System.mapLibraryName(library));
  }

  /** As the runtime names it. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux")
        + (processor.equals("amd64") || processor.equals("x86_64") ? "-x64" : "-" + processor);
  }
}
