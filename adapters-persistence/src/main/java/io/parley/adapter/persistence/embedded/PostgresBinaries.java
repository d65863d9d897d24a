package io.parley.adapter.persistence.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's programs, unpacked once from the archive on the class path. */
final class PostgresBinaries {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

  /**
   * Enough of the archive to tell one build from another without reading all of it at each start.
   */
  private static final int FINGERPRINT_BYTES = 1 << 20;

  private PostgresBinaries() {}

  /**
   * The directory that holds {@code bin}: below the first one when it is there and can be run, else
   * below the second, where it is unpacked.
   *
   * @param canRun asked of a directory that may hold the right one
   * @throws io.parley.domain.port.PortFailure when there are none for this system
   */
  static Path find(Optional<Path> unpacked, Path own, Predicate<Path> canRun) throws IOException {
    if (unpacked.isPresent()) {
      Path home = unpacked.get().resolve(fingerprint());
      if (canRun.test(home)) {
        return home;
      }
    }
    return unpackBelow(own);
  }

  /**
   * The directory that holds {@code bin}, below the given one.
   *
   * @throws io.parley.domain.port.PortFailure when there are none for this system
   */
  static Path unpackBelow(Path parent) throws IOException {
    Path home = parent.resolve(fingerprint());
    if (!Files.isDirectory(home)) {
      LOG.info("Unpacking PostgreSQL to {}.", home);
      Path part = parent.resolve(home.getFileName() + ".part");
      PrivateFiles.deleteTree(part);
      PrivateFiles.directory(parent);
      PrivateFiles.directory(part);
      try (InputStream archive = open()) {
        unpack(archive, part);
      }
      Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
    }
    return home;
  }

  private static String fingerprint() throws IOException {
    try (InputStream archive = open()) {
      byte[] start = archive.readNBytes(FINGERPRINT_BYTES);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(start);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  private static InputStream open() {
    String system = system();
    String machine = machine();
    try {
      return new BufferedInputStream(
          DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine));
    } catch (IOException | RuntimeException e) {
      throw EmbeddedFailure.configuration(
          "There is no embedded PostgreSQL for "
              + system
              + " on "
              + machine
              + ". Set DATABASE_URL to a PostgreSQL of your own.",
          e);
    }
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (name.contains("win")) {
      return "Windows";
    }
    return name.contains("mac") ? "Darwin" : "Linux";
  }

  private static String machine() {
    String machine = System.getProperty("os.arch", "");
    return machine.equals("amd64") ? "x86_64" : machine;
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, target);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("The archive points outside of itself.");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling("x").normalize().getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    if (entry.isLink()) {
      Files.createLink(path, target.resolve(entry.getLinkName()).normalize());
      return;
    }
    Files.copy(tar, path);
    if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true, true)) {
      throw new IOException("Cannot make a program executable.");
    }
  }
}
