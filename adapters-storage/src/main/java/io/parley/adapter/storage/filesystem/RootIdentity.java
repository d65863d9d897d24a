package io.parley.adapter.storage.filesystem;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.parley.adapter.storage.identity.StoreIdentity;
import io.parley.domain.port.PortFailure;
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
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The name in the root of a blob directory. Locked while it is compared: servers that share the
 * directory may start together.
 */
final class RootIdentity {
  static final String NAME = StoreIdentity.NAME;

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
    locked(file -> new StoreIdentity(file, secrets, onlyServer, documents).require());
  }

  void adopt(InstanceSecrets secrets) throws IOException {
    locked(file -> new StoreIdentity(file, secrets, true, () -> 0).adopt());
  }

  private void locked(Consumer<StoreIdentity.Mark> work) throws IOException {
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
        work.accept(new FileMark(file));
      }
    }
  }

  /** The locked file. What a crash leaves half written is no name, and is written anew. */
  private final class FileMark implements StoreIdentity.Mark {
    private final FileChannel file;

    FileMark(FileChannel file) {
      this.file = file;
    }

    @Override
    public String read() {
      try {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
      } catch (IOException e) {
        throw failures.opening(e);
      }
    }

    @Override
    public String claim(String name) {
      write(name);
      return name;
    }

    @Override
    public void write(String name) {
      try {
        file.truncate(0);
        ByteBuffer bytes = ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; bytes.hasRemaining(); ) {
          at += file.write(bytes, at);
        }
        file.force(true);
        directory.flushRoot();
      } catch (IOException e) {
        throw failures.opening(e);
      }
    }

    @Override
    public void remove() {
      write("");
    }

    @Override
    public boolean isEmptyPlace() {
      return !Files.exists(root.resolve("documents"), NOFOLLOW_LINKS);
    }

    @Override
    public PortFailure empty(long documents) {
      return failures.empty(documents);
    }

    @Override
    public PortFailure another() {
      return failures.another();
    }
  }
}
