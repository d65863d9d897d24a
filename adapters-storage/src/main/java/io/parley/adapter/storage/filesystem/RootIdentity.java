package io.parley.adapter.storage.filesystem;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.InstanceSecrets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The random name that a blob directory and its database have in common, so that a server notices
 * when it was given the directory of another one. Locked while it is compared: servers that share
 * the directory may start together.
 */
final class RootIdentity {
  /** In the root, and among the secrets of the installation. */
  static final String NAME = "blob-store-id";

  private static final Pattern WHOLE = Pattern.compile("[0-9a-f-]{36}");
  private static final Object IN_THIS_PROCESS = new Object();

  private final Path root;
  private final BlobDirectory directory;
  private final DiskFailures failures;

  RootIdentity(Path root, BlobDirectory directory) {
    this.root = root;
    this.directory = directory;
    this.failures = new DiskFailures(root);
  }

  void require(InstanceSecrets secrets, boolean onlyServer, LongSupplier documents)
      throws IOException {
    synchronized (IN_THIS_PROCESS) {
      try (FileChannel file =
              FileChannel.open(
                  root.resolve(NAME),
                  Set.of(
                      StandardOpenOption.CREATE,
                      StandardOpenOption.READ,
                      StandardOpenOption.WRITE,
                      NOFOLLOW_LINKS),
                  directory.attributes("rw-------"));
          FileLock _ = file.lock()) {
        compare(file, secrets, onlyServer, documents);
      }
    }
  }

  private void compare(
      FileChannel file, InstanceSecrets secrets, boolean onlyServer, LongSupplier documents)
      throws IOException {
    String known = read(file);
    boolean isNew = !WHOLE.matcher(known).matches();
    boolean empty = !Files.exists(root.resolve("documents"), NOFOLLOW_LINKS);
    if (isNew && empty && documents.getAsLong() > 0) {
      throw failures.empty(documents.getAsLong());
    }
    String own = isNew ? UUID.randomUUID().toString() : known;
    if (isNew) {
      write(file, own);
    }
    String database = secrets.getOrCreate(NAME, () -> new Secret(own)).reveal();
    if (database.equals(own)) {
      return;
    }
    if (onlyServer && (isNew || (empty && documents.getAsLong() == 0))) {
      write(file, database);
      return;
    }
    if (isNew) {
      write(file, "");
    }
    throw failures.another();
  }

  private static String read(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(64);
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
  }

  /** What a crash leaves half written is none, and is written anew. */
  private void write(FileChannel file, String id) throws IOException {
    file.truncate(0);
    ByteBuffer bytes = ByteBuffer.wrap(id.getBytes(StandardCharsets.US_ASCII));
    for (int at = 0; bytes.hasRemaining(); ) {
      at += file.write(bytes, at);
    }
    file.force(true);
    directory.flushRoot();
  }
}
