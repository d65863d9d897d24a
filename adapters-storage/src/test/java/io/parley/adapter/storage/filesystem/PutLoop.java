package io.parley.adapter.storage.filesystem;

import io.parley.domain.access.BotScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.storage.PutResult;
import io.parley.testkit.Scopes;
import io.parley.testkit.storage.GeneratedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * A process that puts blobs, each key twice, and says what was acknowledged, until it is killed.
 * One more put of it never comes to its end.
 */
final class PutLoop {

  private PutLoop() {}

  static BotScope scope(UUID id) {
    return Scopes.owned(new TenantId(id), new UserId(id), new BotId(id));
  }

  /** Of the put of that number. */
  static BlobKey key(UUID id, int put) {
    return BlobKey.of(
        scope(id), new VersionRef(new SourceId(id), put / 2 + 1), new DocumentName("file.bin"));
  }

  static int size(int put) {
    return (int) (put * 48_271L % 300_000);
  }

  /** The directory and the id of everything. */
  public static void main(String[] arguments) throws InterruptedException {
    FilesystemBlobStore store = Blobs.open(Path.of(arguments[0]));
    UUID id = UUID.fromString(arguments[1]);
    stall(store, id);
    for (int put = 0; ; put++) {
      InputStream content = GeneratedBytes.of(put, size(put));
      PutResult result = store.put(scope(id), key(id, put), content, Blobs.PLENTY);
      if (result instanceof PutResult.Stored stored) {
        System.out.println("put " + put + " " + stored.sha256());
      }
    }
  }

  private static void stall(FilesystemBlobStore store, UUID id) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    BlobKey key =
        BlobKey.of(
            scope(id), new VersionRef(new SourceId(id), 1), new DocumentName("never-ending.bin"));
    InputStream endless = new EndlessStream(begun);
    Thread.ofPlatform().daemon().start(() -> store.put(scope(id), key, endless, Blobs.PLENTY));
    begun.await();
  }

  /** Gives some bytes, and then waits for ever. */
  private static final class EndlessStream extends InputStream {
    private final InputStream some = GeneratedBytes.of(1, 200_000);
    private final CountDownLatch begun;

    EndlessStream(CountDownLatch begun) {
      this.begun = begun;
    }

    @Override
    public int read() throws IOException {
      int next = some.read();
      if (next < 0) {
        waitForEver();
      }
      return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = some.read(target, offset, length);
      if (read < 0) {
        waitForEver();
      }
      return read;
    }

    private void waitForEver() throws IOException {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
