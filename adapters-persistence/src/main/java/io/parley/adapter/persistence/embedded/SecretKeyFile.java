package io.parley.adapter.persistence.embedded;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The key that secrets in the database are encrypted with, in a file beside it that only its owner
 * can open: made once, and to be backed up with the database, yet not in the same place.
 */
public final class SecretKeyFile {
  private static final int BYTES = 32;

  private SecretKeyFile() {}

  /**
   * The key of a data directory, made when there is none.
   *
   * @throws PortFailure when the file can be neither read nor written
   */
  public static Secret of(DataDirectoryLock lock) {
    Path file = lock.directory().resolve("secret-key");
    try {
      if (!Files.exists(file)) {
        PrivateFiles.write(file, random() + "\n");
      }
      return checked(file, Files.readString(file).strip());
    } catch (IOException e) {
      throw EmbeddedFailure.configuration("The key file cannot be read or written: " + file, e);
    }
  }

  private static Secret checked(Path file, String text) {
    if (text.length() < BYTES) {
      throw EmbeddedFailure.configuration(
          "The key file " + file + " holds no key. Restore it from a backup.", null);
    }
    return new Secret(text);
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
