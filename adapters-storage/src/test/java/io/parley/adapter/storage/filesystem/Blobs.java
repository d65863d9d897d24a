package io.parley.adapter.storage.filesystem;

import io.parley.adapter.storage.digest.Sha256;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.Secret;
import io.parley.testkit.storage.GeneratedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What the tests of this package put, and how they look at it. */
final class Blobs {
  static final long PLENTY = 1L << 40;

  private Blobs() {}

  static FilesystemBlobStore open(Path root) {
    return FilesystemBlobStore.open(
        new FilesystemBlobConfig(root, new Secret("k".repeat(32)), InstantSource.system()));
  }

  static BlobKey key(BotScope scope, String name) {
    return BlobKey.of(
        scope, new VersionRef(new SourceId(UUID.randomUUID()), 1), new DocumentName(name));
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.create().digest(bytes));
  }

  static byte[] bytes(long seed, int size) {
    return all(GeneratedBytes.of(seed, size));
  }

  static byte[] all(InputStream content) {
    try (content) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands in the folder of files on their way in. */
  static List<Path> incoming(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("incoming"))) {
      return files.toList();
    }
  }
}
