package io.parley.adapter.storage.filesystem;

import io.parley.application.Adapters;
import io.parley.domain.port.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/** Files in a directory with their defaults, for programs that embed Parley. */
public final class FilesystemBlobs {
  private static final int KEY_BYTES = 32;

  private FilesystemBlobs() {}

  /**
   * Gives the builder its blob store. Preview links are signed with a key that is made now, so they
   * end with this process; open {@link FilesystemBlobStore} with a key of your own to keep them.
   *
   * @param directory made when it is missing
   */
  public static Adapters in(Path directory) {
    return builder -> {
      builder.blobStore(
          FilesystemBlobStore.open(
              new FilesystemBlobConfig(directory, newKey(), InstantSource.system())));
      return () -> {};
    };
  }

  private static Secret newKey() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(HexFormat.of().formatHex(bytes));
  }
}
