package io.parley.bootstrap.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where the door of a data directory is: {@code parley.sock} in it, or, because the system allows
 * such paths no more than about a hundred bytes, in a private directory whose path {@code
 * parley.door} tells.
 */
final class DoorPlace {
  static final String SOCKET = "parley.sock";
  static final String POINTER = "parley.door";

  /** macOS allows 103, Linux 107. */
  private static final int LONGEST = 100;

  private static final String ELSEWHERE = "parley-door-";

  private final Path data;

  DoorPlace(Path data) {
    this.data = data;
  }

  /** The socket of a server that runs or has run; empty when there is none. */
  Optional<Path> find() throws IOException {
    Path here = data.resolve(SOCKET);
    if (Files.exists(here)) {
      return Optional.of(here);
    }
    Path pointer = data.resolve(POINTER);
    return Files.exists(pointer)
        ? Optional.of(Path.of(Files.readString(pointer).strip()))
        : Optional.empty();
  }

  /** A free path for a socket. Only the owner of the data directory may ask. */
  Path make() throws IOException {
    clear();
    Path here = data.resolve(SOCKET);
    if (fits(here)) {
      return here;
    }
    Path elsewhere = elsewhere().resolve(SOCKET);
    Files.writeString(data.resolve(POINTER), elsewhere + "\n");
    return elsewhere;
  }

  private static Path elsewhere() throws IOException {
    Path usual = Files.createTempDirectory(ELSEWHERE);
    if (fits(usual.resolve(SOCKET))) {
      return usual;
    }
    Files.delete(usual);
    return Files.createTempDirectory(
        Path.of("/tmp"),
        ELSEWHERE,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static boolean fits(Path socket) {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }

  /** Removes what is there, be it of a server that was killed. */
  void clear() throws IOException {
    Optional<Path> there = find();
    if (there.isPresent()) {
      Path socket = there.get();
      Files.deleteIfExists(socket);
      Path folder = socket.getParent();
      if (folder != null && folder.getFileName().toString().startsWith(ELSEWHERE)) {
        Files.deleteIfExists(folder);
      }
    }
    Files.deleteIfExists(data.resolve(POINTER));
  }
}
